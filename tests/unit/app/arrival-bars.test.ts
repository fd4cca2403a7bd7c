import { describe, expect, it } from "vitest";
import { arrivalBars } from "@/app/p/[project]/ingest/arrival-bars";
import { equationWords } from "@/app/p/[project]/ingest/arrival-words";
import { TIME_RANGES } from "@/app/p/[project]/ingest/time-range";
import type { IngestMinute } from "@/lib/accounting/ingest-health";

const MINUTE_MS = 60_000;
const NOON = Date.UTC(2025, 0, 15, 12);

function minute(ms: number, counts: Partial<IngestMinute>): IngestMinute {
	const rest = { received: 0, stored: 0, duplicates: 0, rejected: 0, inFlight: 0, rejectedByReason: {} };
	return { minute: new Date(ms), ...rest, ...counts };
}

describe("arrivalBars", () => {
	it("has a bar for every minute of the period, the one that is not over included, in the order of time", () => {
		const bars = arrivalBars([], { fromMs: NOON, toMs: NOON + 2.5 * MINUTE_MS, barMinutes: 1 });
		expect(bars.map(({ fromMs }) => fromMs - NOON)).toEqual([0, MINUTE_MS, 2 * MINUTE_MS]);
		expect(bars.every(({ received }) => received === 0)).toBe(true);
	});

	it("begins longer bars at multiples of their length, so that they stay where they are while time goes on", () => {
		const from = NOON + 7 * MINUTE_MS;
		const starts = (later: number) =>
			arrivalBars([], { fromMs: from + later, toMs: from + later + 30 * MINUTE_MS, barMinutes: 15 }).map(
				(bar) => bar.fromMs,
			);
		expect(starts(0)).toEqual([NOON, NOON + 15 * MINUTE_MS, NOON + 30 * MINUTE_MS]);
		expect(starts(5 * MINUTE_MS)).toEqual(starts(0));
	});

	it.each(TIME_RANGES)("loses and invents nothing over $label", ({ minutes, barMinutes }) => {
		const fromMs = NOON + 3 * MINUTE_MS;
		const toMs = fromMs + minutes * MINUTE_MS + 20_000;
		const counted = [0, 1, 14, minutes - 1, minutes].map((at) =>
			minute(fromMs + at * MINUTE_MS, { received: 10, stored: 6, duplicates: 2, rejected: 1, inFlight: 1 }),
		);
		const bars = arrivalBars(counted, { fromMs, toMs, barMinutes });
		const total = (term: "received" | "stored" | "duplicates" | "rejected" | "inFlight") =>
			bars.reduce((sum, bar) => sum + bar[term], 0);
		expect([total("received"), total("stored"), total("duplicates"), total("rejected"), total("inFlight")]).toEqual([
			50, 30, 10, 5, 5,
		]);
		expect(bars.length).toBeLessThanOrEqual(98);
	});

	it("tells what nothing accounts for", () => {
		const lost = [
			minute(NOON, { received: 10, stored: 6, duplicates: 2, rejected: 1 }),
			minute(NOON + MINUTE_MS, { received: 5, stored: 5 }),
		];
		const bars = arrivalBars(lost, { fromMs: NOON, toMs: NOON + 2 * MINUTE_MS, barMinutes: 1 });
		expect(bars.map(({ missing }) => missing)).toEqual([1, 0]);
	});
});

describe("equationWords", () => {
	const counts = { received: 1_204, stored: 1_150, duplicates: 50, rejected: 4, inFlight: 0 };

	it("says what the books say", () => {
		expect(equationWords(counts)).toBe("1,204 received = 1,150 stored + 50 duplicates + 4 rejected + 0 in flight");
	});

	it("names what is missing, so that the sum is right even then", () => {
		expect(equationWords({ ...counts, stored: 1_147 }, 3)).toBe(
			"1,204 received = 1,147 stored + 50 duplicates + 4 rejected + 0 in flight + 3 missing",
		);
	});
});
