import { expect, it } from "vitest";
import { lineSegments } from "@/app/p/[project]/rules/[ruleId]/line-segments";

it("draws no line over a gap, and none through a single point", () => {
	expect(lineSegments([null, 1, 2, null, 3, null, null, 4, 5, 6])).toEqual([
		[1, 2],
		[4, 5, 6],
	]);
	expect(lineSegments([])).toEqual([]);
});
