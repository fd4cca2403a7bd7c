import { describe, expect, it } from "vitest";
import { readWithin } from "@/app/p/[project]/_list/read-within";
import { readRange, widerRange, windowOf } from "@/app/p/[project]/_list/time-range";

const NOW = new Date("2026-11-22T12:00:00Z");
const HOUR = 3_600_000;
const NOBODY = { range: null, from: null, to: null };

describe("the time of a list", () => {
	it("counts a usual range back from now and leaves its end open", () => {
		expect(windowOf({ ...NOBODY, range: "6h" }, NOW)).toEqual({ fromMs: NOW.getTime() - 6 * HOUR, toMs: null });
		expect(windowOf({ ...NOBODY, range: "all" }, NOW)).toEqual({ fromMs: null, toMs: null });
		expect(windowOf({ ...NOBODY, to: 5 }, NOW)).toEqual({ fromMs: null, toMs: 5 });
		expect(readRange("2h")).toBeNull();
	});

	it("is widened to the next usual one", () => {
		expect(widerRange({ ...NOBODY, range: "1h" }, NOW)).toBe("6h");
		expect(widerRange({ ...NOBODY, range: "30d" }, NOW)).toBe("all");
		expect(widerRange({ ...NOBODY, from: NOW.getTime() - 2 * HOUR, to: null }, NOW)).toBe("6h");
		expect(widerRange({ ...NOBODY, to: 5 }, NOW)).toBe("all");
		expect(widerRange({ ...NOBODY, range: "all" }, NOW)).toBeNull();
	});

	it("is the last day when it holds anything, else all there is, unless somebody chose", async () => {
		const read = async ({ window }: { window: { fromMs: number | null } }) => window.fromMs;
		const holding = await readWithin(NOBODY, NOW, read, () => false);
		expect([holding.range, holding.page]).toEqual(["24h", NOW.getTime() - 24 * HOUR]);
		const empty = await readWithin(NOBODY, NOW, read, (from) => from !== null);
		expect([empty.range, empty.page]).toEqual(["all", null]);
		const chosen = await readWithin({ ...NOBODY, range: "1h" }, NOW, read, () => true);
		expect([chosen.range, chosen.page]).toEqual(["1h", NOW.getTime() - HOUR]);
		expect((await readWithin({ ...NOBODY, from: 7 }, NOW, read, () => true)).range).toBeNull();
	});
});
