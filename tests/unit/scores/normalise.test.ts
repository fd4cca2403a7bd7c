import { describe, expect, it } from "vitest";
import { normalise } from "@/lib/scores/write-score";

describe("normalise()", () => {
	it("maps the rule's range to 0 to 1", () => {
		expect(normalise({ score: 0.25, scoreMin: 0, scoreMax: 1 })).toBe(0.25);
		expect(normalise({ score: 3, scoreMin: 1, scoreMax: 5 })).toBe(0.5);
		expect(normalise({ score: 0, scoreMin: -10, scoreMax: 10 })).toBe(0.5);
	});

	it("counts a score outside the range as its nearest end", () => {
		expect(normalise({ score: 11, scoreMin: 1, scoreMax: 10 })).toBe(1);
		expect(normalise({ score: -1, scoreMin: 0, scoreMax: 1 })).toBe(0);
	});
});
