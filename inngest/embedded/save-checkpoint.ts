import { z } from "zod";
import { db } from "@/lib/db/client";

/** Steps a function finished while it keeps running; what else the SDK sends, such as arguments, is not stored. */
export const Checkpoint = z.object({
	run_id: z.string(),
	qi_id: z.string(),
	generation_id: z.number(),
	steps: z.array(z.object({ id: z.string(), op: z.literal("StepRun"), data: z.unknown().optional() })),
});

export type Checkpoint = z.infer<typeof Checkpoint>;

/** Stores finished steps in their order. False when the job belongs to another process by now: the caller must stop. */
export async function saveCheckpoint({ run_id, qi_id, generation_id, steps }: Checkpoint): Promise<boolean> {
	const [row] = await db().$queryRaw<{ held: number }[]>`
		WITH held AS (
			SELECT r.id FROM engine_runs r JOIN engine_jobs j ON j.run_id = r.id
			WHERE r.id = ${run_id} AND r.status = 'running' AND j.id = ${qi_id} AND j.generation = ${generation_id}
			FOR UPDATE OF r
		), saved AS (
			INSERT INTO engine_steps (run_id, id, data)
			SELECT held.id, step.id, step.data
			FROM held, unnest(
				${steps.map((step) => step.id)}::text[],
				${steps.map((step) => JSON.stringify({ type: "data", data: step.data ?? null }))}::text[]
			) WITH ORDINALITY AS step (id, data, position)
			ORDER BY step.position
			ON CONFLICT DO NOTHING
		)
		SELECT count(*)::int AS held FROM held`;
	return row?.held === 1;
}
