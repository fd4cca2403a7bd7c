import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inngest } from "@/inngest/client";
import { type Engine, startEngine } from "@/inngest/embedded/engine";
import { functions } from "@/inngest/index";
import { publishDueTasks } from "@/inngest/publish";
import { db } from "@/lib/db/client";
import { readRuleReport } from "@/lib/evaluations/read-rule-report";
import { runTask } from "@/lib/evaluations/run-task";
import { createPriceOverride } from "@/lib/pricing/create-price-override";
import { PriceOverrideInput } from "@/lib/pricing/price-override";
import { sleep } from "@/lib/time";
import { startFakeJudge } from "@/tests/support/fake-judge";
import { answered, newConnection, newRule, plan, tasksOf } from "@/tests/support/judging";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const COST_USD = 0.02;

describe("a budget of a dollar", () => {
	let engine: Engine;
	beforeAll(async () => {
		engine = await startEngine({ functions: functions(inngest()) });
	});
	afterAll(() => engine.stop());

	it("is spent to the last call that it allows, by many at once, and each that is left says so", async () => {
		// Two cents a call: 1,000 tokens in and 500 out.
		const usage = { input: 1000, output: 500 };
		const judge = await startFakeJudge(() => ({ text: '{"score":1,"reason":"fine"}', usage }));
		const connection = await newConnection({ baseUrl: judge.url, model: "gold", maxConcurrency: 20 });
		const project = await newProject();
		await createPriceOverride(
			project.id,
			PriceOverrideInput.parse({ modelPattern: "gold", inputPerMillion: 10, outputPerMillion: 20 }),
		);
		const rule = await newRule(project, { connectionId: connection.id, dailyBudgetUsd: 1 });
		await send(
			project,
			Array.from({ length: 80 }, () => answered()),
		);
		await plan(project);
		await publishDueTasks([connection.id]);
		while ((await db().evaluationTask.count({ where: { projectId: project.id, completedAt: null } })) > 0)
			await sleep(100);
		await engine.idle();

		const tasks = await tasksOf(project);
		const judged = tasks.filter(({ status }) => status === "SUCCEEDED");
		const over = tasks.filter(({ status }) => status === "OVER_BUDGET");
		expect(judged.length + over.length).toBe(80);
		expect(judged.length * COST_USD).toBeLessThanOrEqual(1.02);
		expect(judged.length).toBeGreaterThanOrEqual(45);
		expect(judge.calls).toHaveLength(judged.length);
		expect(over[0]?.lastError).toMatch(
			/^\$\d\.\d\d of the rule's \$1\.00 a day are spent, and another evaluation may cost \$/,
		);
		const { spentToday, counts } = await readRuleReport(project.id, rule.id);
		expect(spentToday.usd).toBeCloseTo(judged.length * COST_USD, 6);
		expect(counts).toMatchObject({ passed: judged.length, over_budget: over.length, pending: 0 });
		await judge.close();
	}, 60_000);

	it("buys nothing whose price is unknown", async () => {
		const judge = await startFakeJudge(() => ({ text: '{"score":1}' }));
		const connection = await newConnection({ baseUrl: judge.url, model: "nobody-knows" });
		const project = await newProject();
		await newRule(project, { connectionId: connection.id, dailyBudgetUsd: 1 });
		await send(project, [answered()]);
		await plan(project);
		const [task] = await tasksOf(project);
		await runTask({ taskId: task?.id ?? "", runId: "run" });
		expect((await tasksOf(project))[0]).toMatchObject({
			status: "FAILED",
			lastError: expect.stringMatching(/^No price is known for nobody-knows/),
		});
		expect(judge.calls).toEqual([]);
		await judge.close();
	});
});
