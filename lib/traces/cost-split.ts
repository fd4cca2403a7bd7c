/** US dollars that input and output cost. */
export interface CostSplit {
	input: number;
	output: number;
}

/** Prices are rounded part by part. */
const NOISE = 1e-3;

/**
 * What a trace's cost is made of, from the parts that its spans told; null unless they come to the cost. A call over another
 * one is left out of a trace's cost, so what all of them told may be more.
 */
export function splitCost(
	parts: Iterable<{ input: number | null; output: number | null }>,
	costUsd: number | null,
): CostSplit | null {
	if (costUsd === null) return null;
	const split = { input: 0, output: 0 };
	for (const { input, output } of parts) {
		split.input += input ?? 0;
		split.output += output ?? 0;
	}
	return Math.abs(split.input + split.output - costUsd) <= costUsd * NOISE ? split : null;
}
