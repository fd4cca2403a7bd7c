import { describe, expect, it } from "vitest";
import { retryWait } from "@/lib/webhooks/retry-wait";

const MINUTE_MS = 60_000;

describe("retryWait()", () => {
	it("doubles up to an hour, with full jitter", () => {
		const longest = [1, 2, 3, 4, 7, 8, 9].map((attempt) => retryWait({}, attempt, () => 1));
		expect(longest).toEqual([0.5, 1, 2, 4, 32, 60, 60].map((minutes) => minutes * MINUTE_MS));
		expect(retryWait({}, 9, () => 0)).toBe(0);
		expect(retryWait({}, 2, () => 0.5)).toBe(MINUTE_MS / 2);
	});

	it("is never shorter than the receiver asks, and at most a day", () => {
		expect(retryWait({ retryAfterMs: 90_000 }, 1, () => 1)).toBe(90_000);
		expect(retryWait({ retryAfterMs: 1000 }, 4, () => 1)).toBe(4 * MINUTE_MS);
		expect(retryWait({ retryAfterMs: 1e12 }, 1, () => 0)).toBe(86_400_000);
	});
});
