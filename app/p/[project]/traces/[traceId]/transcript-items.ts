import type { SpanKind } from "@/lib/span/span-kind";
import { hasFlag, idAt, kindAt, type Outline } from "@/lib/traces/outline";

/** One thing that a reader of the conversation wants to see. */
export interface TranscriptItem {
	row: number;
	role: "agent" | "model" | "tool" | "step";
	/** How many agents it stands in. */
	level: number;
	/** Row of the agent it stands in; -1 for none. */
	agent: number;
	/** Of a model's call: the row of the call before it in the same agent; -1 for none. */
	previous: number;
	/** Of a model's call: tools of its own ran before it, or after it, so that their results, or calls, have items. */
	toolsBefore: boolean;
	toolsAfter: boolean;
}

/** Kinds that say something by themselves; of others only what failed is told. */
const ROLES: Partial<Record<SpanKind, TranscriptItem["role"]>> = {
	agent: "agent",
	llm: "model",
	tool: "tool",
	retrieval: "step",
	reranker: "step",
	embedding: "step",
	guardrail: "step",
	evaluator: "step",
};

interface Lane {
	row: number;
	end: number;
	level: number;
	lastModel: TranscriptItem | null;
	toolsSince: boolean;
}

/**
 * A trace as a conversation reads, from top to bottom. What is below a folded agent is left out. A trace in which no model,
 * tool or agent worked is told by whatever has an input or an output.
 */
export function transcriptItems(outline: Outline, folded: ReadonlySet<string>): TranscriptItem[] {
	const repeating = repeatingCalls(outline);
	const items: TranscriptItem[] = [];
	const lanes: Lane[] = [{ row: -1, end: outline.length, level: 0, lastModel: null, toolsSince: false }];
	for (let row = 0; row < outline.length; row++) {
		while ((lanes.at(-1)?.end ?? 0) <= row && lanes.length > 1) lanes.pop();
		const lane = lanes.at(-1) as Lane;
		const role = roleOf(outline, row);
		if (role === null || repeating.has(row)) continue;
		const item: TranscriptItem = {
			row,
			role,
			level: lane.level,
			agent: lane.row,
			previous: -1,
			toolsBefore: false,
			toolsAfter: false,
		};
		items.push(item);
		const end = row + 1 + (outline.below[row] ?? 0);
		if (role === "model") {
			item.previous = lane.lastModel?.row ?? -1;
			item.toolsBefore = lane.toolsSince;
			lane.lastModel = item;
			lane.toolsSince = false;
		} else if (role === "tool") {
			lane.toolsSince = true;
			if (lane.lastModel) lane.lastModel.toolsAfter = true;
		} else if (role === "agent") {
			if (folded.has(idAt(outline, row))) row = end - 1;
			else lanes.push({ row, end, level: lane.level + 1, lastModel: null, toolsSince: false });
		}
	}
	return items.some(({ role }) => role !== "step") ? items : plainItems(outline);
}

/** Agents that stand in another one: folded until somebody asks. */
export function innerAgents(outline: Outline): Set<string> {
	const ids = new Set<string>();
	let outerEnd = 0;
	for (let row = 0; row < outline.length; row++) {
		if (kindAt(outline, row) !== "agent") continue;
		if (row < outerEnd) ids.add(idAt(outline, row));
		else outerEnd = row + 1 + (outline.below[row] ?? 0);
	}
	return ids;
}

function roleOf(outline: Outline, row: number): TranscriptItem["role"] | null {
	const role = ROLES[kindAt(outline, row)];
	if (role) return role;
	return hasFlag(outline, row, "failed") && (outline.below[row] ?? 0) === 0 ? "step" : null;
}

/** A call over another one repeats it: an application's own span over its gateway's. */
function repeatingCalls(outline: Outline): Set<number> {
	const rows = new Set<number>();
	for (let row = 0; row < outline.length; row++) {
		if (kindAt(outline, row) !== "llm") continue;
		for (let at = outline.parents[row] ?? -1; at >= 0 && !rows.has(at); at = outline.parents[at] ?? -1) {
			if (kindAt(outline, at) === "agent") break;
			if (kindAt(outline, at) === "llm") rows.add(at);
		}
	}
	return rows;
}

function plainItems(outline: Outline): TranscriptItem[] {
	const all = Array.from({ length: outline.length }, (_, row) => row).filter(
		(row) => !hasFlag(outline, row, "placeholder"),
	);
	const telling = all.filter((row) => hasFlag(outline, row, "hasInput") || hasFlag(outline, row, "hasOutput"));
	return (telling.length > 0 ? telling : all).map((row) => ({
		row,
		role: "step",
		level: 0,
		agent: -1,
		previous: -1,
		toolsBefore: false,
		toolsAfter: false,
	}));
}
