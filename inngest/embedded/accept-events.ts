import { runLane } from "@/inngest/embedded/lane";
import type { EngineFunction } from "@/inngest/embedded/registration";
import type { StoredEvent } from "@/inngest/embedded/stored-event";
import type { Prisma } from "@/lib/db/generated/client";
import { randomHex } from "@/lib/ids";

type Sql = Pick<Prisma.TransactionClient, "$executeRaw">;

interface NewRun {
	fn: EngineFunction;
	event: StoredEvent;
}

/** Stores events and starts one run of every function they trigger, all or nothing. An event id starts a function once. */
export async function acceptEvents(
	sql: Sql,
	functions: ReadonlyMap<string, EngineFunction>,
	events: readonly StoredEvent[],
): Promise<void> {
	const runs = events.flatMap((event) =>
		[...functions.values()].filter((fn) => triggers(fn, event)).map((fn) => ({ fn, event })),
	);
	await startRuns(sql, events, runs);
}

function triggers(fn: EngineFunction, event: StoredEvent): boolean {
	return fn.events.some(({ name, condition }) => name === event.name && (!condition || condition(event) === true));
}

/** One statement, so that events, runs and first jobs are stored together without a transaction around it. */
export async function startRuns(sql: Sql, events: readonly StoredEvent[], runs: readonly NewRun[]): Promise<void> {
	const ids = runs.map((_, position) => orderedId(position));
	await sql.$executeRaw`
		WITH event AS (
			INSERT INTO engine_events (id, name, body)
			SELECT * FROM unnest(
				${events.map((event) => event.id)}::text[],
				${events.map((event) => event.name)}::text[],
				${events.map((event) => JSON.stringify(event))}::text[]
			)
			ON CONFLICT DO NOTHING
		), run AS (
			INSERT INTO engine_runs (id, function_id, dedupe, events, lane, status)
			SELECT *, 'running' FROM unnest(
				${ids}::text[],
				${runs.map(({ fn }) => fn.id)}::text[],
				${runs.map(({ event }) => event.id)}::text[],
				${runs.map(({ event }) => JSON.stringify([event]))}::text[],
				${runs.map(({ fn, event }) => runLane(fn, event))}::text[]
			)
			ON CONFLICT DO NOTHING
			RETURNING id, function_id, lane
		)
		INSERT INTO engine_jobs (id, run_id, function_id, step_id, kind, due_at, lane)
		SELECT id || ':start', id, function_id, 'step', 'edge', date_trunc('milliseconds', now()), lane FROM run`;
}

/** Jobs due in the same millisecond run in the order of their ids, which is the order of their events. */
function orderedId(position: number): string {
	return Date.now().toString(16).padStart(12, "0") + position.toString(16).padStart(6, "0") + randomHex(8);
}
