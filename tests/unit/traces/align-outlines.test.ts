import { describe, expect, it } from "vitest";
import type { Span } from "@/lib/span/span";
import { alignOutlines } from "@/lib/traces/align-outlines";
import { nameAt } from "@/lib/traces/outline";
import { lettered, outlineOf } from "@/tests/support/outline-of";

/** `a(b,c(d))` as spans; each place has an id of its own. */
function trace(...places: [name: string, parent: number | null][]) {
	return outlineOf(
		places.map(
			([name, parent], index): Span =>
				lettered(String.fromCharCode(65 + index), parent === null ? null : String.fromCharCode(65 + parent), {
					name,
					displayName: name,
					startTimeUnixNano: BigInt(index + 1),
				}),
		),
	);
}

function aligned(...[a, b]: [ReturnType<typeof trace>, ReturnType<typeof trace>]): string[] {
	return alignOutlines(a, b).map(({ a: left, b: right, depth }) => {
		const [one, other] = [left < 0 ? "-" : nameAt(a, left), right < 0 ? "-" : nameAt(b, right)];
		return `${depth} ${one} ${other}`;
	});
}

describe("alignOutlines()", () => {
	it("puts spans of one name under one parent beside each other, by their turn", () => {
		const one = trace(["root", null], ["chat", 0], ["tool", 0], ["chat", 0]);
		const other = trace(["root", null], ["chat", 0], ["chat", 0]);
		expect(aligned(one, other)).toEqual(["0 root root", "1 chat chat", "1 tool -", "1 chat chat"]);
	});

	it("puts what only the second has after what it followed there", () => {
		const one = trace(["root", null], ["chat", 0], ["end", 0]);
		const other = trace(["root", null], ["first", 0], ["chat", 0], ["tool", 0], ["end", 0]);
		expect(aligned(one, other)).toEqual(["0 root root", "1 - first", "1 chat chat", "1 - tool", "1 end end"]);
	});

	it("keeps what is below a span that the other trace does not have", () => {
		const one = trace(["root", null], ["agent", 0], ["chat", 1]);
		const other = trace(["other", null], ["chat", 0]);
		expect(aligned(one, other)).toEqual(["0 - other", "1 - chat", "0 root -", "1 agent -", "2 chat -"]);
	});

	it("of one trace with itself pairs every row", () => {
		const one = trace(["root", null], ["chat", 0], ["tool", 1], ["chat", 0]);
		expect(alignOutlines(one, one).every(({ a, b }) => a === b)).toBe(true);
	});
});
