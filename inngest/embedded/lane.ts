import type { EngineFunction } from "@/inngest/embedded/registration";
import type { StoredEvent } from "@/inngest/embedded/stored-event";

// A lane is the text by which jobs share concurrency limits: the function's id and one value per limit, null for a
// limit without a key. All jobs of a run are in the run's lane, except sleeping ones, which no limit counts.

const SEPARATOR = "\n";

export function runLane(fn: EngineFunction, event: StoredEvent): string {
	if (fn.limits.length === 0) return fn.id;
	return fn.id + SEPARATOR + JSON.stringify(fn.limits.map((limit) => limit.key?.(event) ?? null));
}

export function sleepLane(functionId: string): string {
	return `${functionId}${SEPARATOR}sleep`;
}

interface LaneCount {
	lane: string;
	count: number;
}

export interface Room {
	/** How many more jobs of a lane may run now. */
	left(lane: string): number;
	take(lane: string): void;
}

/** What the limits leave free beside the jobs that are executing. */
export function openRoom(functions: ReadonlyMap<string, EngineFunction>, executing: readonly LaneCount[]): Room {
	const used = new Map<string, number>();
	const add = (lane: string, count: number) => {
		for (const { key } of limitsOf(functions, lane)) used.set(key, (used.get(key) ?? 0) + count);
	};
	for (const { lane, count } of executing) add(lane, count);
	return {
		left: (lane) =>
			Math.min(
				Number.POSITIVE_INFINITY,
				...limitsOf(functions, lane).map(({ key, limit }) => limit - (used.get(key) ?? 0)),
			),
		take: (lane) => add(lane, 1),
	};
}

function limitsOf(functions: ReadonlyMap<string, EngineFunction>, lane: string): { key: string; limit: number }[] {
	const [functionId = "", values] = lane.split(SEPARATOR);
	const limits = functions.get(functionId)?.limits ?? [];
	if (values === "sleep") return [];
	// Lanes written under an earlier configuration of the function may have fewer values: null then.
	const parsed: unknown[] = values ? JSON.parse(values) : [];
	return limits.map(({ limit }, index) => ({ key: JSON.stringify([functionId, index, parsed[index] ?? null]), limit }));
}
