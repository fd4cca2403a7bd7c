/** What an HTTP status says about a delivery: taken, not to be sent again, or to be tried later. */
export type Verdict = "taken" | "refused" | "later";

// Passing trouble that is told with a 4xx: time-out, too early, too many requests.
const PASSING = new Set([408, 425, 429]);

/** 2xx is taken; a 4xx will be said of the same bytes again, but for those that speak of the moment; all else may pass. */
export function decideAnswer(status: number): Verdict {
	if (status >= 200 && status < 300) return "taken";
	return status >= 400 && status < 500 && !PASSING.has(status) ? "refused" : "later";
}
