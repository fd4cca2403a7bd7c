import { describe, expect, it } from "vitest";
import { formatCost } from "@/app/_ui/format-cost";

describe("formatCost", () => {
	it.each([
		[0, "$0"],
		[1e-9, "<$0.000001"],
		[0.000_001, "$0.000001"],
		[0.000_475, "$0.000475"],
		[0.012_345_678, "$0.012346"],
		[0.02, "$0.02"],
		[0.5, "$0.50"],
		[0.999_999_9, "$1.00"],
		[1.5, "$1.50"],
		[12.345_67, "$12.3457"],
		[1_234_567.8, "$1,234,567.80"],
		[-0.25, "-$0.25"],
	])("%d is %s", (dollars, text) => {
		expect(formatCost(dollars)).toBe(text);
	});
});
