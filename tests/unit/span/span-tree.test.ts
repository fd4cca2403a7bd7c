import { describe, expect, it } from "vitest";
import { buildSpanTree, type SpanNode, type TreeSpan, walkSpanTree } from "@/lib/span/span-tree";

function span(spanId: string, parentSpanId: string | null, start: number | null = 0): TreeSpan {
	return { spanId, parentSpanId, startTimeUnixNano: start === null ? null : BigInt(start) };
}

/** One line per node: indentation is depth, `!` a missing parent, `~` a cut circle. */
function outline(roots: SpanNode<TreeSpan>[]): string[] {
	const mark = { missing_parent: "!", cycle: "~" };
	return [...walkSpanTree(roots)].map(
		(node) => "  ".repeat(node.depth) + node.span.spanId + (node.detached ? mark[node.detached] : ""),
	);
}

describe("buildSpanTree()", () => {
	it("nests children under their parents, whatever the order of arrival", () => {
		const spans = [span("c", "b", 3), span("b", "a", 2), span("a", null, 1)];
		expect(outline(buildSpanTree(spans))).toEqual(["a", "  b", "    c"]);
	});

	it("orders siblings and roots by start, unknown starts last, ties as given", () => {
		const spans = [
			span("a", null, 1),
			span("late", "a", 9),
			span("unknown", "a", null),
			span("tie1", "a", 5),
			span("tie2", "a", 5),
			span("root0", null, 0),
		];
		expect(outline(buildSpanTree(spans))).toEqual(["root0", "a", "  tie1", "  tie2", "  late", "  unknown"]);
	});

	it("compares starts beyond 2^53 exactly", () => {
		const base = 1_790_000_000_000_000_000n;
		const second = { ...span("second", null), startTimeUnixNano: base + 1n };
		const first = { ...span("first", null), startTimeUnixNano: base };
		expect(outline(buildSpanTree([second, first]))).toEqual(["first", "second"]);
	});

	it("shows a span whose parent has not arrived at the top, marked, with its own children", () => {
		const spans = [span("a", null, 1), span("orphan", "absent", 2), span("child", "orphan", 3)];
		expect(outline(buildSpanTree(spans))).toEqual(["a", "orphan!", "  child"]);
	});

	it("cuts a circle at its earliest span and keeps what hangs from it", () => {
		const spans = [span("y", "z", 2), span("z", "x", 3), span("x", "y", 1), span("tail", "z", 4)];
		expect(outline(buildSpanTree(spans))).toEqual(["x~", "  z", "    y", "    tail"]);
	});

	it("accepts a span that is its own parent", () => {
		expect(outline(buildSpanTree([span("a", "a")]))).toEqual(["a~"]);
	});

	it("shows both of two spans with one id and gives children to the first", () => {
		const spans = [span("a", null, 1), span("a", null, 2), span("b", "a", 3)];
		expect(outline(buildSpanTree(spans))).toEqual(["a", "  b", "a"]);
	});

	it("holds a chain of 10,000 spans", () => {
		const spans = Array.from({ length: 10_000 }, (_, i) => span(String(i), i === 0 ? null : String(i - 1), i));
		const nodes = [...walkSpanTree(buildSpanTree(spans.reverse()))];
		expect(nodes).toHaveLength(10_000);
		expect(nodes.at(-1)?.depth).toBe(9_999);
	});

	it("holds a circle of 10,000 spans", () => {
		const spans = Array.from({ length: 10_000 }, (_, i) => span(String(i), String((i + 1) % 10_000), i));
		const nodes = [...walkSpanTree(buildSpanTree(spans))];
		expect(nodes).toHaveLength(10_000);
		expect(nodes[0]?.detached).toBe("cycle");
	});

	it("does not change the list it is given", () => {
		const spans = [span("b", null, 2), span("a", null, 1)];
		buildSpanTree(spans);
		expect(spans.map((s) => s.spanId)).toEqual(["b", "a"]);
	});

	it("of nothing is nothing", () => {
		expect(buildSpanTree([])).toEqual([]);
	});
});
