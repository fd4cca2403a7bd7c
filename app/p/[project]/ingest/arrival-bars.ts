import type { IngestMinute } from "@/lib/accounting/ingest-health";

const MINUTE_MS = 60_000;

/** What can become of a span that arrived, in the order of the bars from the ground up. */
export const OUTCOMES = ["stored", "duplicates", "rejected", "inFlight"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface ArrivalBar extends Record<Outcome | "received" | "missing", number> {
	fromMs: number;
}

interface Period {
	fromMs: number;
	toMs: number;
	barMinutes: number;
}

/**
 * The books of single minutes summed up to bars of `barMinutes`, oldest first and without gaps. Bars begin at multiples of
 * their length since the epoch, so each keeps its place and content while time goes on; the first may reach back further
 * than the period does and the last is not over.
 */
export function arrivalBars(minutes: readonly IngestMinute[], { fromMs, toMs, barMinutes }: Period): ArrivalBar[] {
	const barMs = barMinutes * MINUTE_MS;
	const first = Math.floor(fromMs / barMs);
	const bars: ArrivalBar[] = [];
	for (let bar = first; bar * barMs < toMs; bar++) {
		bars.push({ fromMs: bar * barMs, received: 0, stored: 0, duplicates: 0, rejected: 0, inFlight: 0, missing: 0 });
	}
	for (const minute of minutes) {
		const bar = bars[Math.floor(minute.minute.getTime() / barMs) - first];
		if (!bar) continue;
		bar.received += minute.received;
		bar.missing += minute.received;
		for (const outcome of OUTCOMES) {
			bar[outcome] += minute[outcome];
			bar.missing -= minute[outcome];
		}
	}
	return bars;
}
