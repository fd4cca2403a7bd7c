import type { Verdict } from "@/lib/judge/parse-verdict";

/** Passes when there is no threshold or the score reaches it; an unreadable answer never passes. */
export function decideSuccess({ score, parseFailed }: Verdict, threshold: number | null): boolean {
	return !parseFailed && (threshold === null || score >= threshold);
}
