import { describe, expect, it } from "vitest";
import { FilterTree } from "@/lib/filter/filter";
import { printFilter } from "@/lib/filter/print-filter";
import { selectorFilter } from "@/lib/rules/selector";

describe("selectorFilter()", () => {
	it("says what a rule selects as a filter that people could have typed", () => {
		const byName = selectorFilter({ matchType: "SPAN_NAME", matchKey: null, matchValue: "chat" });
		const byAttribute = selectorFilter({ matchType: "ATTRIBUTE", matchKey: "Http.Route ", matchValue: " /x" });
		expect([byName, byAttribute].map((filter) => printFilter(FilterTree.parse(filter)))).toEqual([
			'name = "chat"',
			'attribute["Http.Route "] = " /x"',
		]);
	});
});
