import { describe, expect, it } from "vitest";
import { retryWait } from "@/lib/evaluations/retry-wait";

const HOUR_MS = 3_600_000;
const waits = (trouble: Parameters<typeof retryWait>[0], random: number) =>
	[1, 2, 3, 7, 20].map((attempt) => retryWait(trouble, attempt, () => random));

describe("retryWait()", () => {
	it("backs off with full jitter, up to two minutes", () => {
		expect(waits({}, 1)).toEqual([2000, 4000, 8000, 120_000, 120_000]);
		expect(waits({ kind: "overloaded" }, 0.5)).toEqual([1000, 2000, 4000, 60_000, 60_000]);
		expect(waits({ kind: "timeout" }, 0)).toEqual([0, 0, 0, 0, 0]);
	});

	it("gives a rate limit of unknown length more time", () => {
		expect(waits({ kind: "rate_limited" }, 1)).toEqual([15_000, 30_000, 60_000, 120_000, 120_000]);
	});

	it("waits as long as the provider asks and a tenth more at most, never less", () => {
		for (const random of [0, 0.3, 0.999]) {
			const [wait = 0] = waits({ kind: "rate_limited", retryAfterMs: 20_500 }, random);
			expect(wait).toBeGreaterThanOrEqual(20_500);
			expect(wait).toBeLessThanOrEqual(22_550);
		}
	});

	it("backs off nevertheless when the provider asks for no wait", () => {
		expect(waits({ kind: "rate_limited", retryAfterMs: 0 }, 1)).toEqual([2000, 4000, 8000, 120_000, 120_000]);
	});

	it("waits an hour at most, whatever is asked", () => {
		for (const retryAfterMs of [2 * HOUR_MS, 1e300, Number.POSITIVE_INFINITY]) {
			expect(retryWait({ retryAfterMs }, 1, () => 0)).toBe(HOUR_MS);
			expect(retryWait({ retryAfterMs }, 1, () => 1)).toBe(HOUR_MS + 360_000);
		}
	});
});
