import { describe, expect, it } from "vitest";
import { innerAgents, transcriptItems } from "@/app/p/[project]/traces/[traceId]/transcript-items";
import type { Span } from "@/lib/span/span";
import type { SpanKind } from "@/lib/span/span-kind";
import { nameAt } from "@/lib/traces/outline";
import { lettered, outlineOf, spanIdOf } from "@/tests/support/outline-of";

let clock = 0n;
function span(
	letter: string,
	parent: string | null,
	kind: SpanKind,
	fields: Parameters<typeof lettered>[2] = {},
): Span {
	clock += 1n;
	return lettered(letter, parent, { kind, startTimeUnixNano: clock, endTimeUnixNano: clock + 1n, ...fields });
}

function told(spans: Span[], folded: string[] = []) {
	const outline = outlineOf(spans);
	return transcriptItems(outline, new Set(folded.map(spanIdOf))).map((item) => {
		const previous = item.previous < 0 ? "" : `<${nameAt(outline, item.previous)}`;
		const tools = `${item.toolsBefore ? "[" : ""}${item.toolsAfter ? "]" : ""}`;
		return `${item.level}${item.role} ${nameAt(outline, item.row)}${previous}${tools}`;
	});
}

describe("transcriptItems()", () => {
	it("tells model calls, tools and agents in order, and each call which one came before it in its agent", () => {
		const spans = [
			span("a", null, "agent"),
			span("b", "a", "llm"),
			span("c", "a", "tool"),
			span("d", "a", "chain"),
			span("e", "a", "agent"),
			span("f", "e", "llm"),
			span("g", "a", "llm"),
		];
		expect(told(spans)).toEqual([...["0agent a", "1model b]", "1tool c", "1agent e", "2model f", "1model g<b["]]);
		expect(told(spans, ["e"])).toEqual(["0agent a", "1model b]", "1tool c", "1agent e", "1model g<b["]);
	});

	it("tells a call once when it was reported by the application and by its gateway", () => {
		expect(told([span("a", null, "agent"), span("b", "a", "llm"), span("c", "b", "llm")])).toEqual([
			"0agent a",
			"1model c",
		]);
	});

	it("tells plain spans only where they failed, unless there is nothing else", () => {
		const failed = span("c", "a", "span", { status: "error" });
		expect(told([span("a", null, "agent"), span("b", "a", "span"), failed])).toEqual(["0agent a", "1step c"]);
		expect(told([span("a", null, "span"), span("b", "a", "chain", { inputText: "x" })])).toEqual(["0step b"]);
		expect(told([span("a", null, "span"), span("b", "a", "span")])).toEqual(["0step a", "0step b"]);
	});
});

it("innerAgents() are those that stand in another one", () => {
	const spans = [span("a", null, "agent"), span("b", "a", "chain"), span("c", "b", "agent"), span("d", "c", "agent")];
	expect([...innerAgents(outlineOf([...spans, span("e", null, "agent")]))]).toEqual([spanIdOf("c"), spanIdOf("d")]);
});
