import type { AlignedRow } from "@/lib/traces/align-outlines";
import { hasFlag, idAt, knownAt, modelAt, type Outline, tokensAt } from "@/lib/traces/outline";

interface Pair {
	/** Null: not known, or no such span. */
	from: number | null;
	to: number | null;
}

/** What two spans at one place differ in. */
export interface RowDifference {
	/** Set when one of the two has no such span. */
	only: "A" | "B" | null;
	duration: Pair;
	/** Input and output together. */
	tokens: Pair;
	cost: Pair;
	status: "fails now" | "works now" | null;
	output: boolean;
	model: boolean;
	/** Worth a line where not all have one. */
	isTelling: boolean;
}

/** A shorter or longer run by this share is noise. */
const DURATION_NOISE = 0.2;

type Outputs = ReadonlyMap<string, string> | null;

/** `outputsA` and `outputsB`: a number for the output of each span; null when they were not read. */
export function compareRow(
	a: Outline,
	b: Outline,
	row: AlignedRow,
	outputsA: Outputs,
	outputsB: Outputs,
): RowDifference {
	const only = row.b < 0 ? "A" : row.a < 0 ? "B" : null;
	const pair = (read: (outline: Outline, at: number) => number | null): Pair => ({
		from: row.a < 0 ? null : read(a, row.a),
		to: row.b < 0 ? null : read(b, row.b),
	});
	const duration = pair((outline, at) => knownAt(outline, "durations", at));
	const failed = [row.a >= 0 && hasFlag(a, row.a, "failed"), row.b >= 0 && hasFlag(b, row.b, "failed")];
	const status = only !== null || failed[0] === failed[1] ? null : failed[1] ? "fails now" : "works now";
	const output = only === null && outputsA?.get(idAt(a, row.a)) !== outputsB?.get(idAt(b, row.b));
	const model = only === null && modelAt(a, row.a) !== modelAt(b, row.b);
	return {
		only,
		duration,
		tokens: pair(tokenSum),
		cost: pair((outline, at) => knownAt(outline, "costs", at)),
		status,
		output,
		model,
		isTelling: only !== null || status !== null || output || model || isApart(duration),
	};
}

function tokenSum(outline: Outline, row: number): number | null {
	const tokens = tokensAt(outline, row);
	return tokens && (tokens.input ?? 0) + (tokens.output ?? 0);
}

function isApart({ from, to }: Pair): boolean {
	return from !== null && to !== null && Math.abs(to - from) > Math.max(from, to) * DURATION_NOISE;
}
