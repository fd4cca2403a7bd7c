import { describe, expect, it } from "vitest";
import { parseTraceSearch, traceSearchHref } from "@/app/p/[project]/traces/search-params";

const parseHref = (href: string) =>
	parseTraceSearch(Object.fromEntries(new URL(href, "http://localhost").searchParams));

describe("the address of a list", () => {
	it("comes back as it was, whatever it says", () => {
		const search = {
			text: 'needle & "thread"',
			filter: 'model = "gpt-4o" and (cost > 1 or tags has "ü")',
			cursor: "abc_-",
			liveOff: true,
			range: "7d" as const,
			from: null,
			to: null,
			columns: "name:200,cost",
			peek: "0af7651916cd43dd8448eb211c80319c",
			span: "b7ad6b7169203331",
		};
		expect(parseHref(traceSearchHref("/p/x/traces", search))).toEqual(search);
	});

	it("says nothing of what is as by default", () => {
		expect(traceSearchHref("/p/x/traces", parseTraceSearch({}))).toBe("/p/x/traces");
	});

	it("takes a time of its own before a usual one, and nothing that is no time", () => {
		expect(parseTraceSearch({ from: "2026-01-31T10:00:00Z", range: "1h" })).toMatchObject({
			from: Date.UTC(2026, 0, 31, 10),
			to: null,
			range: null,
		});
		expect(parseTraceSearch({ from: "yesterday", to: "-1", range: "2h" })).toMatchObject({
			from: null,
			to: null,
			range: null,
		});
	});

	it("forgets the span when no trace is open, and takes the first of repeated values", () => {
		expect(traceSearchHref("/x", { peek: null, span: "b7ad6b7169203331" })).toBe("/x");
		expect(parseTraceSearch({ q: ["a", "b"] }).text).toBe("a");
	});
});
