import { randomUUID } from "node:crypto";
import { inngest } from "@/inngest/client";
import { startEngine } from "@/inngest/embedded/engine";
import { functions } from "@/inngest/index";
import { publishDueTasks } from "@/inngest/publish";
import { command } from "@/lib/clickhouse/command";
import { sql, string, uint } from "@/lib/clickhouse/sql";
import { db } from "@/lib/db/client";
import { claimTask } from "@/lib/evaluations/claim-task";
import { listDueTasks, markDispatched } from "@/lib/evaluations/dispatch-tasks";
import { listDecisions } from "@/lib/evaluations/list-decisions";
import { planTasks } from "@/lib/evaluations/plan-tasks";
import { DAY_MS, sleep } from "@/lib/time";
import { findTraceSpans } from "@/lib/traces/find-trace-spans";
import type { Figure } from "@/tests/bench/figure";
import { startFakeJudge, verdict } from "@/tests/support/fake-judge";
import { answered, newConnection, newRule } from "@/tests/support/judging";
import { newProject, send } from "@/tests/support/send";

const EVALUATIONS = 1500;
const WARM_UP = 200;
const LANES = 32;
const PENDING_FEW = 1000;
const PENDING_MANY = 100_000;
const CLAIMS = 200;
const INSERT_ROWS = 5000;
const SPANS = 1_000_000;
const SPANS_A_TRACE = 20;
const RULES = 10;
const READS = 20;

/**
 * Evaluations from span to stored score with a judge that answers at once: embedded stores and engine, in this process. Then
 * how long announcing and claiming a task takes with few and with many that wait.
 */
export async function benchEvals(): Promise<Figure[]> {
	const { calls, ...judge } = await startFakeJudge(() => verdict(1));
	const engine = await startEngine({ functions: functions(inngest()), jobsMax: LANES + 8 });
	let perSecond: number;
	let cpuMs: number;
	try {
		await evaluate(judge.url, WARM_UP);
		calls.length = 0;
		const before = process.cpuUsage();
		perSecond = await evaluate(judge.url, EVALUATIONS);
		const used = process.cpuUsage(before);
		cpuMs = (used.user + used.system) / 1000 / EVALUATIONS;
	} finally {
		await engine.stop();
		await judge.close();
	}
	const few = await claimingMs(PENDING_FEW);
	const many = await claimingMs(PENDING_MANY);
	const decisions = await decisionsMs();
	return [
		{
			name: `evaluations, instant judge, ${LANES} at once`,
			value: perSecond,
			unit: "evaluations/s",
			ratio: { of: "100 evaluations/s wanted", value: perSecond / 100, goal: ">= 1" },
			note: `CPU of this process, with judge and database: ${cpuMs.toFixed(1)} ms an evaluation`,
		},
		{ name: "announce and claim, 1,000 pending", value: few, unit: "ms a task" },
		{
			name: "announce and claim, 100,000 pending",
			value: many,
			unit: "ms a task",
			ratio: { of: "with 1,000 pending", value: many / few, goal: "<= 1.5" },
		},
		{
			name: `decisions of a trace (${SPANS_A_TRACE} spans, ${RULES} rules) among 1,000,000 spans`,
			value: decisions,
			unit: "ms",
			ratio: { of: "100 ms", value: decisions / 100, goal: "< 1" },
		},
	];
}

async function evaluate(judgeUrl: string, count: number): Promise<number> {
	const project = await newProject();
	const { id: connectionId } = await newConnection({ baseUrl: judgeUrl, maxConcurrency: LANES });
	await newRule(project, { connectionId });
	await send(
		project,
		Array.from({ length: count }, (_, index) => answered({}, { input: `question ${index}` })),
	);
	const started = performance.now();
	await planTasks({ projectId: project.id, overlapMs: 60_000 });
	await publishDueTasks([connectionId]);
	for (;;) {
		const open = await db().evaluationTask.count({ where: { projectId: project.id, status: { not: "SUCCEEDED" } } });
		if (open === 0) return count / ((performance.now() - started) / 1000);
		await sleep(250);
	}
}

async function claimingMs(pending: number): Promise<number> {
	const project = await newProject();
	const rule = await newRule(project);
	const { id: connectionId } = await newConnection({ maxConcurrency: 50 });
	for (let start = 0; start < pending; start += INSERT_ROWS) {
		await db().evaluationTask.createMany({
			data: Array.from({ length: Math.min(INSERT_ROWS, pending - start) }, () => ({
				projectId: project.id,
				ruleId: rule.id,
				connectionId,
				traceId: randomUUID().replaceAll("-", ""),
				spanId: "00f067aa0ba902b7",
				snapshot: {},
				expiresAt: new Date(Date.now() + DAY_MS),
			})),
		});
	}
	let claimed = 0;
	const started = performance.now();
	while (claimed < CLAIMS) {
		const { dispatches } = await listDueTasks(connectionId);
		const taskIds = dispatches.flatMap((dispatch) => dispatch.taskIds);
		await markDispatched(taskIds);
		for (const taskId of taskIds) await claimTask({ taskId, runId: "bench" });
		claimed += taskIds.length;
		await db().evaluationTask.updateMany({
			where: { id: { in: taskIds } },
			data: { status: "SUCCEEDED" },
		});
	}
	return (performance.now() - started) / claimed;
}

/** The median of some reads: the trace, and what each rule decided. */
async function decisionsMs(): Promise<number> {
	const project = await newProject();
	for (let rule = 0; rule < RULES; rule++) await newRule(project, { filter: `name = "chat" and cost > ${rule}` });
	const trace = Array.from({ length: SPANS_A_TRACE }, () => answered({ traceId: "f".repeat(32) }));
	await send(project, trace);
	const columns = sql`* REPLACE (lower(leftPad(hex(number + 1), 32, '0')) AS trace_id)`;
	await command(
		"fill spans",
		sql`INSERT INTO spans SELECT * EXCEPT number FROM (
				SELECT ${columns} FROM (SELECT * FROM spans FINAL WHERE project_id = ${string(project.id)}) AS one
				CROSS JOIN numbers(${uint(SPANS / SPANS_A_TRACE)}) AS number)`,
	);
	const times: number[] = [];
	for (let read = 0; read < READS; read++) {
		const traceId = (1 + read * 777).toString(16).padStart(32, "0");
		const started = performance.now();
		const { spans } = await findTraceSpans({ projectIds: [project.id], traceId });
		const decisions = await listDecisions({ projectId: project.id, traceId, spans });
		times.push(performance.now() - started);
		if (decisions.length !== SPANS_A_TRACE * RULES) throw new Error(`${decisions.length} decisions`);
	}
	return times.sort((a, b) => a - b)[READS / 2] ?? Number.NaN;
}
