import { describe, expect, it } from "vitest";
import { criticalPath } from "@/lib/traces/critical-path";
import { nameAt } from "@/lib/traces/outline";
import { lettered, outlineOf } from "@/tests/support/outline-of";

function path(...spans: [letter: string, parent: string | null, start: number | null, end: number | null][]): string {
	const outline = outlineOf(
		spans.map(([letter, parent, start, end]) =>
			lettered(letter, parent, {
				startTimeUnixNano: start === null ? null : BigInt(start),
				endTimeUnixNano: end === null ? null : BigInt(end),
			}),
		),
	);
	return [...criticalPath(outline)].flatMap((on, row) => (on ? nameAt(outline, row) : [])).join("");
}

describe("criticalPath()", () => {
	it("follows, from the end backwards, what ended last before the moment reached", () => {
		expect(path(["a", null, 0, 100], ["b", "a", 0, 40], ["c", "a", 45, 90])).toBe("abc");
	});

	it("leaves out what ran beside something longer", () => {
		expect(path(["a", null, 0, 100], ["b", "a", 10, 90], ["c", "a", 10, 50], ["d", "b", 20, 80])).toBe("abd");
	});

	it("goes on within each span it passes", () => {
		expect(path(["a", null, 0, 100], ["b", "a", 0, 50], ["c", "b", 10, 20], ["d", "a", 50, 100])).toBe("abcd");
	});

	it("passes over a parent whose times nobody told", () => {
		expect(path(["a", null, null, null], ["b", "a", 0, 50], ["c", "b", 10, 40])).toBe("bc");
	});

	it("is empty where nobody told any time", () => {
		expect(path(["a", null, null, null])).toBe("");
	});
});
