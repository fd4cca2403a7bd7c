import { describe, expect, it } from "vitest";
import { takeTurn } from "@/lib/connections/take-turn";
import { db } from "@/lib/db/client";
import { blockConnection, resumeConnection } from "@/lib/evaluations/block-connection";
import { claimTask } from "@/lib/evaluations/claim-task";
import { claimWithinBudget, overBudget } from "@/lib/evaluations/claim-within-budget";
import { listDueTasks, markDispatched } from "@/lib/evaluations/dispatch-tasks";
import { runTask } from "@/lib/evaluations/run-task";
import { testAndResume } from "@/lib/evaluations/test-and-resume";
import { startFakeJudge, verdict } from "@/tests/support/fake-judge";
import { answered, newConnection, newRule, newTask, plan, reload, tasksOf } from "@/tests/support/judging";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

describe("takeTurn()", () => {
	it("spaces the calls of a connection evenly, whoever asks, and says when a turn is too far off", async () => {
		const connection = await newConnection({ requestsPerMinute: 60 });
		const turns = await Promise.all(Array.from({ length: 4 }, () => takeTurn(connection, 2500)));
		const waits = turns.filter(({ taken }) => taken).map(({ waitMs }) => waitMs);
		expect(waits.sort((a, b) => a - b).map((wait) => Math.round(wait / 1000))).toEqual([0, 1, 2]);
		const refused = turns.find(({ taken }) => !taken);
		expect(refused?.waitMs).toBeGreaterThan(2500);
		// Nobody took the turn that was too far off.
		expect((await takeTurn(connection, 10_000)).waitMs).toBeLessThan(3200);
	});

	it("lets everybody pass where there is no limit", async () => {
		const connection = await newConnection();
		expect(await takeTurn(connection, 0)).toEqual({ taken: true, waitMs: 0 });
	});
});

describe("a queue", () => {
	async function waiting(count: number, connectionId: string, priority = 0) {
		const project = await newProject();
		await newRule(project, { connectionId, priority });
		await send(
			project,
			Array.from({ length: count }, () => answered()),
		);
		await plan(project);
		return project;
	}

	it("is announced a little at a time, in lanes of one, as many as calls may be under way", async () => {
		const { id } = await newConnection({ maxConcurrency: 2 });
		await waiting(20, id);
		const { dispatches } = await listDueTasks(id);
		expect(dispatches.map(({ taskIds }) => taskIds.length)).toEqual([8, 8]);
		expect(new Set(dispatches.map(({ lane }) => lane))).toEqual(new Set([`${id}:0`, `${id}:1`]));
		await markDispatched(dispatches.flatMap(({ taskIds }) => taskIds));
		expect((await listDueTasks(id)).dispatches).toEqual([]);
	});

	it("lets what is more important go first, then what is older", async () => {
		const { id } = await newConnection({ maxConcurrency: 1 });
		const late = await waiting(3, id);
		const urgent = await waiting(3, id, 10);
		const [dispatch] = (await listDueTasks(id)).dispatches;
		const tasks = new Map((await db().evaluationTask.findMany()).map((task) => [task.id, task.projectId]));
		expect(dispatch?.taskIds.map((taskId) => tasks.get(taskId))).toEqual([
			...[urgent.id, urgent.id, urgent.id, late.id, late.id, late.id],
		]);
	});

	it("is blocked as a whole, with what comes later, and goes on when a test passes", async () => {
		let broken = true;
		const judge = await startFakeJudge(() => (broken ? { status: 401, body: "{}" } : verdict(1)));
		const { id } = await newConnection({ baseUrl: judge.url });
		const project = await waiting(3, id);
		const [first] = await tasksOf(project);
		expect(await runTask({ taskId: first?.id ?? "", runId: "run" })).toEqual({ status: "blocked" });
		expect((await tasksOf(project)).map(({ status, attempts }) => [status, attempts])).toEqual([
			...Array.from({ length: 3 }, () => ["BLOCKED", 0]),
		]);
		await send(project, [answered()]);
		await plan(project);
		expect(await listDueTasks(id)).toEqual({ dispatches: [], nextAt: null });
		expect((await tasksOf(project)).every(({ status }) => status === "BLOCKED")).toBe(true);
		const { blockedReason } = await db().connection.findUniqueOrThrow({ where: { id } });
		expect(blockedReason).toMatch(/^The model answered HTTP 401/);

		expect(await testAndResume(id)).toMatchObject({ ok: false, resumed: 0 });
		broken = false;
		expect(await testAndResume(id)).toMatchObject({ ok: true, resumed: 4 });
		expect((await listDueTasks(id)).dispatches.flatMap(({ taskIds }) => taskIds)).toHaveLength(4);
		for (const task of await tasksOf(project)) await runTask({ taskId: task.id, runId: "run" });
		expect((await tasksOf(project)).map(({ status, attempts }) => [status, attempts])).toEqual([
			...Array.from({ length: 4 }, () => ["SUCCEEDED", 1]),
		]);
		await judge.close();
	});

	it("touches no other connection's tasks when one is blocked or goes on", async () => {
		const [mine, other] = [await newConnection(), await newConnection()];
		const project = await waiting(1, other.id);
		await blockConnection(mine.id, "no money");
		await resumeConnection(mine.id);
		expect((await tasksOf(project))[0]?.status).toBe("PENDING");
	});
});

describe("a daily budget", () => {
	const now = new Date();

	it("of evaluations lets exactly so many begin, however many ask at once", async () => {
		const project = await newProject();
		const rule = await newRule(project, { dailyBudgetCount: 3 });
		await send(
			project,
			Array.from({ length: 8 }, () => answered()),
		);
		await plan(project);
		const claims = await Promise.all(
			(await tasksOf(project)).map(({ id: taskId }) =>
				claimWithinBudget({ taskId, runId: taskId, now, rule, estimateUsd: 0 }),
			),
		);
		expect(claims.filter((claim) => claim && "task" in claim)).toHaveLength(3);
		expect(claims.filter((claim) => claim && "over" in claim && claim.over === "now")).toHaveLength(5);
	});

	it("of dollars holds back what attempts under way may cost", async () => {
		const project = await newProject();
		const rule = await newRule(project, { dailyBudgetUsd: 1 });
		await send(
			project,
			Array.from({ length: 8 }, () => answered()),
		);
		await plan(project);
		const claims = await Promise.all(
			(await tasksOf(project)).map(({ id: taskId }) =>
				claimWithinBudget({ taskId, runId: taskId, now, rule, estimateUsd: 0.3 }),
			),
		);
		expect(claims.filter((claim) => claim && "task" in claim)).toHaveLength(3);
	});

	it("says how much is spent once it is used up", () => {
		const rule = { id: "", dailyBudgetUsd: 1, dailyBudgetCount: 10 };
		const none = { usd: 0, count: 0 };
		const over = (spent: { usd: number; count: number }, underWay = none) =>
			overBudget(rule, { spent, underWay, estimateUsd: 0.05 });
		expect(over(none)).toBeNull();
		expect(over({ usd: 0.97, count: 3 })).toEqual({
			over: "today",
			reason: "$0.97 of the rule's $1.00 a day are spent, and another evaluation may cost $0.050",
		});
		expect(over({ usd: 0.9, count: 3 }, { usd: 0.08, count: 1 })).toEqual({ over: "now" });
		expect(over({ usd: 0, count: 10 })).toMatchObject({ over: "today" });
		expect(over({ usd: 0, count: 8 }, { usd: 0, count: 2 })).toEqual({ over: "now" });
	});

	it("counts an attempt that a crash interrupted at what it may have cost", async () => {
		const project = await newProject();
		const rule = await newRule(project, { dailyBudgetUsd: 1 });
		await send(project, [answered()]);
		await plan(project);
		const [task] = await tasksOf(project);
		const attempt = { taskId: task?.id ?? "", runId: "killed", now, rule, estimateUsd: 0.4 };
		expect(await claimWithinBudget(attempt)).toHaveProperty("token");
		expect(await claimWithinBudget(attempt)).toHaveProperty("token");
		expect(await db().ruleSpend.findMany({ where: { ruleId: rule.id } })).toMatchObject([{ usd: 0.4 }]);
	});
});

describe("a trace", () => {
	it("is judged once, when its root has come and nothing more comes", async () => {
		const judge = await startFakeJudge(() => verdict(1));
		const { id: connectionId } = await newConnection({ baseUrl: judge.url });
		const project = await newProject();
		await newRule(project, { connectionId, target: "TRACE", settleSeconds: 30, settleSecondsMax: 900 });
		const root = answered({ name: "chat" });
		await send(project, [root, answered({ name: "chat", traceId: root.traceId, parentSpanId: root.spanId })]);
		await plan(project);
		await plan(project);
		const tasks = await tasksOf(project);
		expect(tasks).toMatchObject([{ spanId: "", status: "PENDING", traceId: root.traceId }]);
		const [task] = tasks;
		if (!task) throw new Error("no task");
		const quiet = new Date(Date.now() + 20_000);
		expect(await runTask({ taskId: task.id, runId: "run", now: quiet })).toMatchObject({ status: "retry" });
		expect(await reload(task)).toMatchObject({ status: "PENDING", attempts: 0 });
		const settled = new Date(Date.now() + 120_000);
		expect(await runTask({ taskId: task.id, runId: "run", now: settled })).toEqual({ status: "ended" });
		expect(await reload(task)).toMatchObject({ status: "SUCCEEDED", attempts: 1, score: 1 });
		expect(judge.calls).toHaveLength(1);
		await judge.close();
	});

	it("without a root is judged when it has waited long enough", async () => {
		const judge = await startFakeJudge(() => verdict(1));
		const { id: connectionId } = await newConnection({ baseUrl: judge.url });
		const project = await newProject();
		await newRule(project, { connectionId, target: "TRACE", settleSeconds: 10, settleSecondsMax: 600 });
		await send(project, [answered({ parentSpanId: "00f067aa0ba902b7" })]);
		await plan(project);
		const [task] = await tasksOf(project);
		if (!task) throw new Error("no task");
		const early = new Date(Date.now() + 300_000);
		expect(await runTask({ taskId: task.id, runId: "run", now: early })).toMatchObject({ status: "retry" });
		const late = new Date(Date.now() + 700_000);
		expect(await runTask({ taskId: task.id, runId: "run", now: late })).toEqual({ status: "ended" });
		expect((await reload(task)).status).toBe("SUCCEEDED");
		await judge.close();
	});
});

describe("a claim", () => {
	it("of a task that waits is refused", async () => {
		const { task } = await newTask(await newConnection());
		await db().evaluationTask.update({ where: { id: task.id }, data: { status: "BLOCKED" } });
		expect(await claimTask({ taskId: task.id, runId: "run" })).toBeNull();
	});
});
