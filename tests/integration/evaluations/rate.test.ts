import { afterAll, beforeAll, expect, test } from "vitest";
import { inngest } from "@/inngest/client";
import { type Engine, startEngine } from "@/inngest/embedded/engine";
import { functions } from "@/inngest/index";
import { publishDueTasks } from "@/inngest/publish";
import { db } from "@/lib/db/client";
import { sleep } from "@/lib/time";
import { startFaultyJudge } from "@/tests/support/faulty-judge";
import { answered, newConnection, newRule, plan } from "@/tests/support/judging";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores({ SPANWISE_JUDGE_TIMEOUT_MS: "300" });

const PER_MINUTE = 600;
const TASKS = 40;
const WINDOW_MS = 2000;
// What the network and a busy machine may push together.
const JITTER_CALLS = 2;

let engine: Engine;
beforeAll(async () => {
	engine = await startEngine({ functions: functions(inngest()) });
});
afterAll(() => engine.stop());

test("a connection's calls a minute are kept in every stretch of time, by first calls, repeats and repairs together", async () => {
	const judge = await startFaultyJudge(11);
	const connection = await newConnection({ baseUrl: judge.url, maxConcurrency: 20, requestsPerMinute: PER_MINUTE });
	const project = await newProject();
	await newRule(project, { connectionId: connection.id });
	await send(
		project,
		Array.from({ length: TASKS }, (_, index) => answered({}, { input: `question ${index}` })),
	);
	await plan(project);
	await publishDueTasks([connection.id]);
	// Not to the end: those that were told nothing by a rate limit wait for long.
	const begun = () => db().evaluationTask.count({ where: { projectId: project.id, attempts: { gt: 0 } } });
	while ((await begun()) < TASKS) await sleep(100);
	await sleep(3000);

	const { arrivals } = judge;
	expect(arrivals.length).toBeGreaterThanOrEqual(TASKS);
	for (const [index, arrival] of arrivals.entries()) {
		const within = arrivals.slice(index).filter((later) => later < arrival + WINDOW_MS).length;
		expect(within).toBeLessThanOrEqual((PER_MINUTE / 60_000) * WINDOW_MS + JITTER_CALLS);
	}
	await judge.close();
}, 60_000);
