import { describe, expect, it } from "vitest";
import { sliceSkeleton } from "@/lib/traces/encode-skeleton";
import {
	decodeSkeleton,
	hasFlag,
	idAt,
	kindAt,
	knownAt,
	modelAt,
	nameAt,
	type Outline,
	rowOf,
	tokensAt,
} from "@/lib/traces/outline";
import { lettered, outlineOf, spanIdOf, wireOf } from "@/tests/support/outline-of";

const names = (outline: Outline) => Array.from({ length: outline.length }, (_, row) => nameAt(outline, row));

describe("an outline", () => {
	it("reads a parent, then what is below it, in order of start, with depth, parent and count below", () => {
		const outline = outlineOf([
			lettered("d", "a", { startTimeUnixNano: 30n, endTimeUnixNano: 40n }),
			lettered("a", null, { startTimeUnixNano: 10n, endTimeUnixNano: 90n }),
			lettered("c", "b", { startTimeUnixNano: 25n, endTimeUnixNano: 26n }),
			lettered("b", "a", { startTimeUnixNano: 20n, endTimeUnixNano: 28n }),
		]);
		expect(names(outline)).toEqual(["a", "b", "c", "d"]);
		expect([...outline.depths]).toEqual([0, 1, 2, 1]);
		expect([...outline.parents]).toEqual([-1, 0, 1, 0]);
		expect([...outline.below]).toEqual([3, 1, 0, 0]);
		expect([...outline.starts]).toEqual([0, 10, 15, 20]);
		expect([...outline.durations]).toEqual([80, 8, 1, 10]);
		expect([outline.startUnixNano, outline.durationNano]).toEqual([10n, 80]);
	});

	it("keeps what is not known apart from zero", () => {
		const outline = outlineOf([
			lettered("a", null, { costUsd: 0, usage: { input: 0 }, startTimeUnixNano: 5n, endTimeUnixNano: 5n }),
			lettered("b", null, { startTimeUnixNano: null, endTimeUnixNano: null }),
		]);
		expect([knownAt(outline, "costs", 0), knownAt(outline, "durations", 0), tokensAt(outline, 0)]).toEqual([
			0,
			0,
			{ input: 0 },
		]);
		expect([knownAt(outline, "costs", 1), knownAt(outline, "starts", 1), tokensAt(outline, 1)]).toEqual([
			null,
			null,
			null,
		]);
	});

	it("carries kind, model, failure and texts of each span, and a name once however many have it", () => {
		const wire = wireOf([
			lettered("a", null, { kind: "llm", responseModel: "gpt-4o", status: "error", inputText: "hi" }),
			lettered("b", "a", { name: "a", displayName: "a", kind: "tool" }),
		]);
		expect(wire.names).toEqual(["a"]);
		const outline = decodeSkeleton(wire);
		expect([kindAt(outline, 0), modelAt(outline, 0), kindAt(outline, 1), modelAt(outline, 1)]).toEqual([
			"llm",
			"gpt-4o",
			"tool",
			null,
		]);
		expect([hasFlag(outline, 0, "failed"), hasFlag(outline, 0, "hasInput"), hasFlag(outline, 0, "hasOutput")]).toEqual([
			true,
			true,
			false,
		]);
	});

	it("has one row for a parent that has not arrived, above all that name it", () => {
		const outline = outlineOf([lettered("a", "z"), lettered("b", "z", { startTimeUnixNano: 9n })]);
		expect([outline.length, hasFlag(outline, 0, "placeholder"), idAt(outline, 0)]).toEqual([3, true, spanIdOf("z")]);
		expect([...outline.parents]).toEqual([-1, 0, 0]);
		expect([knownAt(outline, "starts", 0), knownAt(outline, "durations", 0)]).toEqual([null, null]);
	});

	it("cuts a circle of parents and says where", () => {
		const outline = outlineOf([lettered("a", "b"), lettered("b", "a", { startTimeUnixNano: 9n })]);
		expect([...outline.parents]).toEqual([-1, 0]);
		expect([hasFlag(outline, 0, "cycle"), hasFlag(outline, 1, "cycle")]).toEqual([true, false]);
	});

	it("finds the row of a span, not digits of two neighbours that spell its id", () => {
		const wire = { ...wireOf([lettered("a", null), lettered("b", null)]), ids: "00000000000000011000000000000000" };
		const outline = decodeSkeleton(wire);
		expect(rowOf(outline, "0000000000000110")).toBe(-1);
		expect([rowOf(outline, "1000000000000000"), rowOf(outline, "x")]).toEqual([1, -1]);
	});

	it("in part keeps depths, and knows that its first rows stand below others", () => {
		const spans = ["a", "b", "c", "d"].map((letter, index) => lettered(letter, "abcd"[index - 1] ?? null));
		const part = decodeSkeleton(sliceSkeleton(wireOf(spans), 2, 10));
		expect([names(part), [...part.depths], [...part.parents]]).toEqual([
			["c", "d"],
			[2, 3],
			[-1, 0],
		]);
		expect([part.from, part.rowCount, part.spanCount]).toEqual([2, 4, 4]);
	});

	it("takes fifty thousand spans in one chain", () => {
		const spans = Array.from({ length: 50_000 }, (_, index) =>
			lettered("a", null, {
				spanId: index.toString(16).padStart(16, "0"),
				parentSpanId: index === 0 ? null : (index - 1).toString(16).padStart(16, "0"),
			}),
		);
		const outline = outlineOf(spans);
		expect([outline.depths.at(-1), outline.below[0]]).toEqual([49_999, 49_999]);
	});
});
