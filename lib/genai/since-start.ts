import type { Evidence } from "@/lib/genai/dialect";

/** Milliseconds from the span's start to an instant written in ISO 8601, which some senders quote once more. */
export function sinceStart(value: unknown, { span }: Evidence): number | null {
	const start = span.startTimeUnixNano;
	if (typeof value !== "string" || start === null) return null;
	const instant = Date.parse(value.replace(/^"|"$/g, ""));
	return Number.isNaN(instant) ? null : instant - Number(start / 1000n) / 1000;
}
