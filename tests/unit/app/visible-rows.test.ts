import { describe, expect, it } from "vitest";
import { jumpTarget } from "@/app/p/[project]/traces/[traceId]/jump-target";
import { barPlace } from "@/app/p/[project]/traces/[traceId]/tree-row";
import {
	foldableFrom,
	matchingRows,
	revealing,
	visibleRows,
	withAncestors,
} from "@/app/p/[project]/traces/[traceId]/visible-rows";
import { lettered, outlineOf, spanIdOf } from "@/tests/support/outline-of";

const at = (start: number, end: number) => ({ startTimeUnixNano: BigInt(start), endTimeUnixNano: BigInt(end) });
/** a(0) > b(1) > c(2), d(3); e(4) below a; f(5) beside a. */
const outline = outlineOf([
	lettered("a", null, at(0, 100)),
	lettered("b", "a", at(1, 60)),
	lettered("c", "b", { ...at(2, 30), costUsd: 0.2 }),
	lettered("d", "b", { ...at(31, 60), status: "error" }),
	lettered("e", "a", { ...at(61, 99), costUsd: 0.1 }),
	lettered("f", null, { ...at(100, 101), status: "error" }),
]);
const ids = (...letters: string[]) => new Set(letters.map(spanIdOf));

describe("the rows in sight", () => {
	it("are all but those below a folded one", () => {
		expect(visibleRows(outline, ids("b"))).toEqual([0, 1, 4, 5]);
		expect(visibleRows(outline, ids("a", "b"))).toEqual([0, 5]);
	});

	it("of a search are what was found, with all above it", () => {
		expect(matchingRows(outline, " D ")).toEqual([3]);
		expect(withAncestors(outline, [3])).toEqual([0, 1, 3]);
		expect(matchingRows(outline, spanIdOf("e"))).toEqual([4]);
	});

	it("fold by level, and unfold only what hides a row", () => {
		expect([...foldableFrom(outline, 1)]).toEqual([spanIdOf("b")]);
		expect(revealing(outline, ids("a", "b"), 4)).toEqual(ids("b"));
		const folded = ids("b");
		expect(revealing(outline, folded, 4)).toBe(folded);
	});
});

describe("jumpTarget()", () => {
	it.each([
		["error", 0, 3],
		["error", 3, 5],
		["error", 5, 3],
		["slowest", 0, 4],
		["costliest", 0, 2],
		["nextSibling", 1, 4],
		["nextSibling", 4, -1],
		["previousSibling", 4, 1],
		["previousSibling", 1, -1],
		["parent", 3, 1],
		["parent", 0, -1],
		["firstChild", 1, 2],
		["firstChild", 2, -1],
	] as const)("%s from row %i leads to row %i", (jump, from, to) => {
		expect(jumpTarget(outline, from, jump)).toBe(to);
	});
});

describe("barPlace()", () => {
	it("is in percent of the part that is shown, and nowhere outside of it", () => {
		expect(barPlace(50, 50, { from: 0, to: 100 })).toEqual({ left: 50, width: 50 });
		expect(barPlace(0, 100, { from: 25, to: 75 })).toEqual({ left: 0, width: 100 });
		expect(barPlace(80, 10, { from: 0, to: 50 })).toBeNull();
		expect(barPlace(0, 0, { from: 0, to: 0 })).toEqual({ left: 0, width: 100 });
	});
});
