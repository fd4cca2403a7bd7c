import { expect, test } from "vitest";
import { forecastRule } from "@/lib/evaluations/forecast-rule";
import { readRuleReport } from "@/lib/evaluations/read-rule-report";
import { runTask } from "@/lib/evaluations/run-task";
import { createPriceOverride } from "@/lib/pricing/create-price-override";
import { PriceOverrideInput } from "@/lib/pricing/price-override";
import type { Project } from "@/lib/projects/project";
import { startFakeJudge } from "@/tests/support/fake-judge";
import { answered, newConnection, newRule, plan, ruleInput, tasksOf } from "@/tests/support/judging";
import { attributes } from "@/tests/support/otlp-request";
import { seededRandom } from "@/tests/support/seeded-random";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const DAYS = 7;
const A_DAY = 60;
const HOUR_NANOS = 3_600_000_000_000n;
const CHARS_PER_TOKEN = 4;

/**
 * A day of traffic, as long ago as told: questions and answers of many lengths, of which some fit the rule. Each `round` is
 * other traffic of the same kind, and the same in every run of this test.
 */
async function sendDay(project: Project, daysAgo: number, round: number): Promise<void> {
	const random = seededRandom(100 * round + daysAgo);
	const traceId = () =>
		Array.from({ length: 4 }, () =>
			Math.floor(random() * 2 ** 32)
				.toString(16)
				.padStart(8, "0"),
		).join("");
	const midday = BigInt(Date.now()) * 1_000_000n - BigInt(daysAgo) * 24n * HOUR_NANOS - HOUR_NANOS;
	const text = (most: number) => "Some words, mostly short. ".repeat(1 + Math.floor(random() * most));
	await send(
		project,
		Array.from({ length: A_DAY }, () => {
			const values = { input: text(40), output: text(20) };
			const start = midday + BigInt(Math.floor(random() * 1000)) * 1_000_000n;
			const times = { startTimeUnixNano: String(start), endTimeUnixNano: String(start + 1_000_000n) };
			return answered({
				traceId: traceId(),
				name: random() < 0.5 ? "chat" : "other",
				attributes: attributes(values),
				...times,
			});
		}),
	);
}

test("what a rule is forecast to do and cost a day is within 15 % of what it does on a day like those before", async () => {
	const judge = await startFakeJudge(({ prompt }) => ({
		text: '{"score":0.8,"reason":"The answer is about what was asked, and answers most of it in plain words."}',
		usage: { input: Math.ceil(prompt.length / CHARS_PER_TOKEN), output: 55 },
	}));
	const { id: connectionId } = await newConnection({ baseUrl: judge.url, model: "gold" });
	const project = await newProject();
	await createPriceOverride(
		project.id,
		PriceOverrideInput.parse({ modelPattern: "gold", inputPerMillion: 2, outputPerMillion: 8 }),
	);
	for (let day = 1; day <= DAYS; day++) await sendDay(project, day, 1);
	const wishes = { connectionId, filter: 'name = "chat"', sampleRate: 0.6 };
	const forecast = await forecastRule(project.id, ruleInput(wishes), { days: DAYS + 1 });
	expect(forecast.examples).toHaveLength(5);

	const rule = await newRule(project, wishes);
	for (let day = 1; day <= DAYS; day++) await sendDay(project, day, 2);
	await plan(project);
	const tasks = await tasksOf(project);
	await Promise.all(tasks.map(({ id: taskId }) => runTask({ taskId, runId: taskId })));
	const { spentToday } = await readRuleReport(project.id, rule.id);
	expect(forecast.runsPerDay * (DAYS + 1)).toBeGreaterThan(tasks.length * 0.85);
	expect(forecast.runsPerDay * (DAYS + 1)).toBeLessThan(tasks.length * 1.15);
	const cost = (forecast.costPerDayUsd ?? Number.NaN) * (DAYS + 1);
	expect(cost).toBeGreaterThan(spentToday.usd * 0.85);
	expect(cost).toBeLessThan(spentToday.usd * 1.15);
	await judge.close();
}, 60_000);
