import { describe, expect, it } from "vitest";
import { typedNumber } from "@/app/_ui/typed-number";

describe("typedNumber()", () => {
	it.each([
		["1,500", 1500],
		[" 12,000.5 ", 12_000.5],
		["1,234,567", 1_234_567],
		["0,5", 0.5],
		["0,500", 0.5],
		["1,5", 1.5],
		["12,50", 12.5],
		["0.25", 0.25],
		["1500", 1500],
	])("reads %s as %d", (typed, value) => {
		expect(typedNumber(typed)).toBe(value);
	});

	it("is null when nothing was typed and no number when that is none", () => {
		expect(typedNumber("  ")).toBeNull();
		for (const typed of ["much", "1,500,20", "1.5,000"]) expect(typedNumber(typed)).toBeNaN();
	});
});
