import type { ClaimedJob } from "@/inngest/embedded/claim-jobs";
import { db } from "@/lib/db/client";

type Held = readonly Pick<ClaimedJob, "id" | "generation">[];

/** Moves the end of leases that are still ours. */
export async function extendLeases(jobs: Held, leaseMs: number): Promise<void> {
	await db().$executeRaw`
		UPDATE engine_jobs j SET lease_until = now() + ${leaseMs} * interval '1 millisecond'
		FROM unnest(${jobs.map(({ id }) => id)}::text[], ${jobs.map(({ generation }) => generation)}::int[]) held (id, generation)
		WHERE j.id = held.id AND j.generation = held.generation`;
}

/** Gives jobs back at once; whatever this process still writes for them is refused. */
export async function releaseLeases(jobs: Held): Promise<void> {
	await db().$executeRaw`
		UPDATE engine_jobs j SET lease_until = NULL, generation = j.generation + 1
		FROM unnest(${jobs.map(({ id }) => id)}::text[], ${jobs.map(({ generation }) => generation)}::int[]) held (id, generation)
		WHERE j.id = held.id AND j.generation = held.generation`;
}

/** Frees what a dead process left behind; only where no second process can use the database. */
export async function clearLeases(): Promise<void> {
	await db()
		.$executeRaw`UPDATE engine_jobs SET lease_until = NULL, generation = generation + 1 WHERE lease_until IS NOT NULL`;
}
