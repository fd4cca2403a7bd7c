import { describe, expect, it } from "vitest";
import { windowHref, windowOf } from "@/app/p/[project]/traces/volume-window";

const NOON = Date.UTC(2025, 0, 15, 12);
const HOUR_MS = 3_600_000;
const POINTS = [0, 1, 2, 3].map((index) => ({
	startMs: NOON + index * HOUR_MS,
	traces: 1,
	spans: 2,
	errors: 0,
	costUsd: null,
	p50Ms: null,
	p95Ms: null,
}));
const WITHIN = { fromMs: NOON + 600_000, toMs: NOON + 3.5 * HOUR_MS };

describe("windowOf()", () => {
	it("is the buckets from one to the other, whichever came first", () => {
		const window = { fromMs: NOON + HOUR_MS, toMs: NOON + 3 * HOUR_MS };
		expect(windowOf(POINTS, HOUR_MS, { first: 1, last: 2 }, WITHIN)).toEqual(window);
		expect(windowOf(POINTS, HOUR_MS, { first: 2, last: 1 }, WITHIN)).toEqual(window);
	});

	it("never reaches beyond the window that was divided", () => {
		expect(windowOf(POINTS, HOUR_MS, { first: 0, last: 3 }, WITHIN)).toEqual(WITHIN);
	});
});

describe("windowHref()", () => {
	it("keeps what else the address says, and goes to the first page", () => {
		const search = new URLSearchParams("q=paris&range=24h&cursor=abc");
		expect(windowHref("/p/all/traces", search, { fromMs: NOON, toMs: NOON + HOUR_MS })).toBe(
			"/p/all/traces?q=paris&from=2025-01-15T12%3A00%3A00.000Z&to=2025-01-15T13%3A00%3A00.000Z",
		);
	});
});
