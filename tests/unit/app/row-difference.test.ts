import { describe, expect, it } from "vitest";
import { changeWords } from "@/app/p/[project]/compare/change";
import { compareRow } from "@/app/p/[project]/compare/row-difference";
import { lettered, outlineOf, spanIdOf } from "@/tests/support/outline-of";

const run = (nanos: bigint, fields: Parameters<typeof lettered>[2] = {}) =>
	outlineOf([lettered("a", null, { startTimeUnixNano: 0n, endTimeUnixNano: nanos, ...fields })]);
const here = { a: 0, b: 0, depth: 0 };

describe("compareRow()", () => {
	it("says what two spans differ in, and takes a little more or less time as noise", () => {
		const one = run(100n, { costUsd: 0.1, usage: { input: 5, output: 2 } });
		expect(compareRow(one, run(110n), here, null, null)).toMatchObject({
			only: null,
			status: null,
			output: false,
			model: false,
			isTelling: false,
			duration: { from: 100, to: 110 },
			tokens: { from: 7, to: null },
			cost: { from: 0.1, to: null },
		});
		expect(compareRow(one, run(200n), here, null, null).isTelling).toBe(true);
		expect(compareRow(one, run(100n, { status: "error" }), here, null, null).status).toBe("fails now");
		expect(compareRow(run(1n, { status: "error" }), one, here, null, null).status).toBe("works now");
	});

	it("compares outputs where they were read", () => {
		const outputs = (text: string) => new Map([[spanIdOf("a"), text]]);
		const one = run(1n);
		expect(compareRow(one, one, here, outputs("1"), outputs("2"))).toMatchObject({ output: true, isTelling: true });
		expect(compareRow(one, one, here, outputs("1"), outputs("1")).output).toBe(false);
		expect(compareRow(one, one, here, outputs("1"), new Map()).output).toBe(true);
	});

	it("of a span that one trace has alone says which", () => {
		const one = run(5n);
		expect(compareRow(one, one, { a: 0, b: -1, depth: 0 }, null, null)).toMatchObject({
			only: "A",
			status: null,
			output: false,
			duration: { from: 5, to: null },
		});
		expect(compareRow(one, one, { a: -1, b: 0, depth: 0 }, null, null).only).toBe("B");
	});
});

it.each([
	[100, 112, "+12%"],
	[100, 60, "−40%"],
	[100, 1500, "×15"],
	[0, 5, "new"],
	[5, 0, "−100%"],
])("changeWords(%d, %d) is %s", (from, to, words) => {
	expect(changeWords(from, to)).toBe(words);
});
