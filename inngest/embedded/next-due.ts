import { db } from "@/lib/db/client";

/**
 * Milliseconds until a job becomes due that was not due at `since`, or until a lease runs out; undefined when nothing
 * waits. Asked with the moment of the last claim, or a job due between that and this question would be overlooked.
 */
export async function nextDueMs(since: Date): Promise<number | undefined> {
	const [row] = await db().$queryRaw<{ ms: number | null }[]>`
		SELECT (extract(epoch FROM least(
			(SELECT min(due_at) FROM engine_jobs WHERE due_at > ${since} AND lease_until IS NULL),
			(SELECT min(lease_until) FROM engine_jobs WHERE lease_until > ${since})
		) - now()) * 1000)::float8 AS ms`;
	return row?.ms === null || row?.ms === undefined ? undefined : Math.max(0, Math.ceil(row.ms));
}
