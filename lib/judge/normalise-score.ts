import type { ScoreRange } from "@/lib/judge/verdict-request";

/** A score as 0 to 1 of its range; one that lies outside counts as the nearest end. */
export function normaliseScore(score: number, { minScore, maxScore }: ScoreRange): number {
	return Math.min(1, Math.max(0, (score - minScore) / (maxScore - minScore)));
}
