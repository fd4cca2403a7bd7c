import { acceptEvents } from "@/inngest/embedded/accept-events";
import type { ClaimedJob } from "@/inngest/embedded/claim-jobs";
import { sleepLane } from "@/inngest/embedded/lane";
import { type Operation, type Outcome, readResponse, type StoredError } from "@/inngest/embedded/read-response";
import type { EngineFunction } from "@/inngest/embedded/registration";
import { askedDelay, type Backoff } from "@/inngest/embedded/retry-delay";
import type { SdkResponse } from "@/inngest/embedded/sdk-handler";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { logger } from "@/lib/logger";

type Tx = Prisma.TransactionClient;

interface ApplyContext {
	functions: ReadonlyMap<string, EngineFunction>;
	backoff: Backoff;
}

/**
 * Moves a run on by one answer of the SDK, in one transaction with the run's row locked. Without effect when the job is
 * not ours any more: its lease was lost, or the run has ended.
 */
export async function applyResult(job: ClaimedJob, response: SdkResponse, context: ApplyContext): Promise<void> {
	const outcome = readResponse(response);
	if (outcome.kind === "completed") return completeRun(job, outcome.output);
	await db().$transaction(async (tx) => {
		if (!(await holdRun(tx, job))) return;
		if (outcome.kind === "operations") return applyOperations(tx, job, outcome, context);
		const last = job.attempt + 1 >= attemptsMax(job, context);
		if (outcome.kind === "failed" || last) return failRun(tx, job, outcome.error, context);
		await retryJob(tx, job, outcome.retryAfter, context);
	});
}

/** Ends a sleep: the function goes on. */
export async function wakeSleeper(job: ClaimedJob): Promise<void> {
	await db().$transaction(async (tx) => {
		if (!(await holdRun(tx, job))) return;
		await saveStep(tx, job, job.stepId, { type: "data", data: null });
		await goOn(tx, job, job.stepId);
	});
}

function attemptsMax(job: ClaimedJob, { functions }: ApplyContext): number {
	return functions.get(job.functionId)?.attemptsMax ?? 1;
}

async function holdRun(tx: Tx, { id, generation }: ClaimedJob): Promise<boolean> {
	const rows = await tx.$queryRaw<unknown[]>`
		SELECT 1 FROM engine_runs r JOIN engine_jobs j ON j.run_id = r.id
		WHERE j.id = ${id} AND j.generation = ${generation} AND r.status = 'running' FOR UPDATE OF r`;
	return rows.length > 0;
}

/** The usual end, in one statement; it locks the run first, as everybody does. */
async function completeRun({ id, generation }: ClaimedJob, output: unknown): Promise<void> {
	await db().$executeRaw`
		WITH held AS (
			SELECT r.id FROM engine_runs r JOIN engine_jobs j ON j.run_id = r.id
			WHERE j.id = ${id} AND j.generation = ${generation} AND r.status = 'running' FOR UPDATE OF r
		), gone AS (
			DELETE FROM engine_jobs j USING held WHERE j.run_id = held.id
		)
		UPDATE engine_runs r SET status = 'completed', output = ${JSON.stringify(output)}, ended_at = now()
		FROM held WHERE r.id = held.id`;
}

async function failRun(tx: Tx, job: ClaimedJob, error: StoredError, context: ApplyContext): Promise<void> {
	await tx.$executeRaw`DELETE FROM engine_jobs WHERE run_id = ${job.runId}`;
	await tx.$executeRaw`
		UPDATE engine_runs SET status = 'failed', output = ${JSON.stringify(error)}, ended_at = now() WHERE id = ${job.runId}`;
	const events: unknown[] = JSON.parse(job.events);
	const data = { function_id: job.functionId, run_id: job.runId, error, event: events[0], events };
	const failed = { id: `failed:${job.runId}`, name: "inngest/function.failed", ts: Date.now(), data };
	await acceptEvents(tx, context.functions, [failed]);
	logger.warn("engine: run failed", { function: job.functionId, run: job.runId, error: error.name });
}

async function retryJob(tx: Tx, job: ClaimedJob, retryAfter: string | undefined, context: ApplyContext): Promise<void> {
	const delayMs = askedDelay(retryAfter) ?? context.backoff(job.attempt);
	// The next generation, so that storing this result twice counts once.
	await tx.$executeRaw`
		UPDATE engine_jobs SET attempt = attempt + 1, generation = generation + 1, lease_until = NULL,
			due_at = now() + ${delayMs} * interval '1 millisecond'
		WHERE id = ${job.id}`;
}

type Operations = Extract<Outcome, { kind: "operations" }>;

async function applyOperations(tx: Tx, job: ClaimedJob, { operations, retryAfter }: Operations, context: ApplyContext) {
	const waiting = operations.filter(({ op }) => op === "planned" || op === "sleep");
	if (waiting.length > 1) await tx.$executeRaw`UPDATE engine_runs SET planned = true WHERE id = ${job.runId}`;
	for (const operation of waiting) await wait(tx, job, operation);
	if (waiting.length > 0) await tx.$executeRaw`DELETE FROM engine_jobs WHERE id = ${job.id}`;
	let saved: string | undefined;
	let retrying = false;
	for (const operation of operations) {
		if (operation.op !== "done" && operation.op !== "failed") continue;
		const { stepId } = operation;
		if (operation.op === "failed" && operation.retry && job.attempt + 1 < attemptsMax(job, context)) {
			await retryJob(tx, job, retryAfter, context);
			retrying = true;
			continue;
		}
		// A step whose attempts are used up is done as well: the function goes on, and may catch the error.
		const { data, error } = { data: null, error: null, ...operation };
		await saveStep(tx, job, stepId, operation.op === "done" ? { type: "data", data } : { type: "error", error });
		saved = stepId;
	}
	if (saved && !retrying) await goOn(tx, job, saved);
}

async function wait(tx: Tx, job: ClaimedJob, operation: Operation): Promise<void> {
	const { stepId } = operation;
	const sleeping = operation.op === "sleep";
	const delayMs = sleeping ? operation.delayMs : 0;
	await tx.$executeRaw`
		INSERT INTO engine_steps (run_id, id, pending) VALUES (${job.runId}, ${stepId}, true) ON CONFLICT DO NOTHING`;
	await tx.$executeRaw`
		INSERT INTO engine_jobs (id, run_id, function_id, step_id, kind, due_at, lane)
		VALUES (${`${job.runId}:${stepId}`}, ${job.runId}, ${job.functionId}, ${stepId}, ${sleeping ? "sleep" : "edge"},
			date_trunc('milliseconds', now() + ${delayMs} * interval '1 millisecond'), ${sleeping ? sleepLane(job.functionId) : job.lane})
		ON CONFLICT DO NOTHING`;
}

async function saveStep(tx: Tx, { runId }: ClaimedJob, stepId: string, result: object): Promise<void> {
	await tx.$executeRaw`
		INSERT INTO engine_steps AS step (run_id, id, data) VALUES (${runId}, ${stepId}, ${JSON.stringify(result)})
		ON CONFLICT (run_id, id) DO UPDATE SET data = excluded.data, pending = false, seq = excluded.seq WHERE step.pending`;
}

/** Ends a job. Unless other steps are pending, the function is called again to find out what comes next. */
async function goOn(tx: Tx, { id, runId, functionId, lane }: ClaimedJob, stepId: string): Promise<void> {
	await tx.$executeRaw`DELETE FROM engine_jobs WHERE id = ${id}`;
	const going = await tx.$executeRaw`
		UPDATE engine_runs SET planned = false WHERE id = ${runId}
		AND NOT EXISTS (SELECT 1 FROM engine_steps WHERE run_id = ${runId} AND pending)`;
	if (going === 0) return;
	await tx.$executeRaw`
		INSERT INTO engine_jobs (id, run_id, function_id, step_id, kind, due_at, lane)
		VALUES (${`${runId}:${stepId}:next`}, ${runId}, ${functionId}, 'step', 'edge', date_trunc('milliseconds', now()), ${lane})
		ON CONFLICT DO NOTHING`;
}
