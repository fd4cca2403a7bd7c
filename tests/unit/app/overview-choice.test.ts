import { describe, expect, it } from "vitest";
import { listHref, parseOverviewChoice, usualChoice } from "@/app/p/[project]/overview/overview-choice";
import { callsOf, FAILED, failuresOf, slowerThan, unpricedOf } from "@/app/p/[project]/overview/overview-filters";
import { readFilterText } from "@/lib/filter/filter-text";

const NOW = Date.UTC(2025, 0, 15, 12);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe("what the address asks for", () => {
	it("is a usual length up to now, or a window of its own", () => {
		expect(parseOverviewChoice({ range: "6h" }, NOW)).toMatchObject({
			window: { fromMs: NOW - 6 * HOUR_MS, toMs: NOW },
		});
		const own = { from: "2025-01-01T00:00:00Z", to: "2025-01-02T00:00:00Z" };
		expect(parseOverviewChoice(own, NOW)).toEqual({
			range: null,
			window: { fromMs: Date.parse(own.from), toMs: Date.parse(own.to) },
		});
	});

	it.each([{}, { range: "forever" }, { from: "2025-01-02", to: "2025-01-01" }, { from: "soon", to: "later" }])(
		"is nothing where it is not clear: %j",
		(raw) => {
			expect(parseOverviewChoice(raw, NOW)).toBeNull();
		},
	);
});

describe("what nobody asked for", () => {
	it.each([
		["a day, where something happened in it", NOW - HOUR_MS, "24h"],
		["as long as it takes to see the latest", NOW - 3 * DAY_MS, "7d"],
		["the longest, where that was long ago", NOW - 300 * DAY_MS, "30d"],
		["a day, where nobody knows", null, "24h"],
	])("is %s", (_, latestMs, name) => {
		expect(usualChoice(latestMs, NOW).range?.name).toBe(name);
	});
});

describe("listHref()", () => {
	it("leads to the same length, or to a bucket that never reaches beyond the window", () => {
		const choice = usualChoice(NOW, NOW);
		expect(listHref("p1", choice)).toBe("/p/p1/traces?range=24h");
		const part = { fromMs: NOW - HOUR_MS, toMs: NOW + HOUR_MS };
		const { searchParams } = new URL(listHref("p1", choice, { filter: FAILED, part }), "http://x");
		expect(Object.fromEntries(searchParams)).toEqual({
			filter: 'root = true and status = "error"',
			from: "2025-01-15T11:00:00.000Z",
			to: "2025-01-15T12:00:00.000Z",
		});
	});
});

it.each([
	FAILED,
	slowerThan(1234.56),
	slowerThan(0.0125),
	callsOf(`gp"t'`),
	callsOf(""),
	failuresOf("a\nb"),
	unpricedOf("m", { calls: 2, unpriced: 1 }),
	unpricedOf("", { calls: 1, unpriced: 1 }),
])("every filter that a number leads to can be read: %s", (filter) => {
	expect(readFilterText(filter).error).toBeNull();
});

it("a number's own trace is among those as slow", () => {
	expect(slowerThan(1234.56)).toBe("root = true and latency >= 1234ms");
});
