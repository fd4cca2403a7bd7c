import { openRoom } from "@/inngest/embedded/lane";
import type { EngineFunction } from "@/inngest/embedded/registration";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";

/** A unit of work this process holds until its lease ends. */
export interface ClaimedJob {
	id: string;
	runId: string;
	functionId: string;
	/** `step`, or the one step to execute. */
	stepId: string;
	kind: "edge" | "sleep";
	attempt: number;
	generation: number;
	/** The run's lane. */
	lane: string;
	planned: boolean;
	/** JSON array of the events that started the run. */
	events: string;
}

interface ClaimOptions {
	functions: ReadonlyMap<string, EngineFunction>;
	/** Jobs this process is still executing, even if their leases ran out while the machine slept. */
	held: string[];
	jobsMax: number;
	leaseMs: number;
}

export interface Claim {
	jobs: ClaimedJob[];
	/** The database's moment of the claim: what was due then has been looked at. */
	at: Date;
}

// One claimer at a time over all processes: limits are exact, and no job is seen by two.
const CLAIM_LOCK = 724_011_640;

/** Takes up to `jobsMax` due jobs whose concurrency limits have room, the oldest first. */
export async function claimJobs({ functions, held, jobsMax, leaseMs }: ClaimOptions): Promise<Claim> {
	return db().$transaction(async (tx) => {
		await tx.$executeRaw`SELECT pg_advisory_xact_lock(${CLAIM_LOCK}::bigint)`;
		const { at, executing, due } = await readQueue(tx, [...functions.keys()], held, jobsMax);
		const room = openRoom(functions, executing);
		const ids: string[] = [];
		for (const job of due) {
			if (ids.length === jobsMax) break;
			if (room.left(job.lane) <= 0) continue;
			room.take(job.lane);
			ids.push(job.id);
		}
		if (ids.length === 0) return { jobs: [], at };
		const jobs = await lease(tx, ids, leaseMs);
		return { jobs: jobs.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)), at };
	});
}

interface Queue {
	at: Date;
	executing: { lane: string; count: number }[];
	/** Up to `jobsMax` of every lane. */
	due: { lane: string; id: string }[];
}

/**
 * A statement of its own, because its snapshot must be younger than the lock. It walks from lane to lane by index: a
 * long queue of a lane without room costs nothing and holds up nobody.
 */
async function readQueue(tx: Prisma.TransactionClient, functionIds: string[], held: string[], jobsMax: number) {
	const rows = await tx.$queryRaw<{ at: Date; lane: string | null; id: string | null; executing: number | null }[]>`
		WITH RECURSIVE lanes (lane) AS (
			(SELECT lane FROM engine_jobs ORDER BY lane LIMIT 1)
			UNION ALL
			SELECT (SELECT j.lane FROM engine_jobs j WHERE j.lane > lanes.lane ORDER BY j.lane LIMIT 1)
			FROM lanes WHERE lanes.lane IS NOT NULL
		)
		SELECT now() AS at, NULL AS lane, NULL AS id, NULL::int AS executing, NULL::timestamptz AS due_at
		UNION ALL
		SELECT NULL, lane, NULL, count(*)::int, NULL FROM engine_jobs
		WHERE lease_until > now() OR id = ANY(${held}::text[]) GROUP BY lane
		UNION ALL
		SELECT NULL, lanes.lane, due.id, NULL, due.due_at FROM lanes CROSS JOIN LATERAL (
			SELECT id, due_at FROM engine_jobs j
			WHERE j.lane = lanes.lane AND due_at <= now() AND (lease_until IS NULL OR lease_until <= now())
				AND id <> ALL(${held}::text[])
			ORDER BY due_at LIMIT ${jobsMax}
		) due
		WHERE split_part(lanes.lane, chr(10), 1) = ANY(${functionIds}::text[])
		ORDER BY due_at NULLS FIRST, id`;
	const queue: Queue = { at: new Date(), executing: [], due: [] };
	for (const { at, lane, id, executing } of rows) {
		if (lane === null) queue.at = at;
		else if (id === null) queue.executing.push({ lane, count: executing ?? 0 });
		else queue.due.push({ lane, id });
	}
	return queue;
}

function lease(tx: Prisma.TransactionClient, ids: string[], leaseMs: number): Promise<ClaimedJob[]> {
	return tx.$queryRaw<ClaimedJob[]>`
		UPDATE engine_jobs j
		SET lease_until = now() + ${leaseMs} * interval '1 millisecond', generation = j.generation + 1
		FROM engine_runs r WHERE r.id = j.run_id AND j.id = ANY(${ids}::text[])
		RETURNING j.id, j.run_id AS "runId", j.function_id AS "functionId", j.step_id AS "stepId", j.kind, j.attempt,
			j.generation, r.lane, r.planned, r.events`;
}
