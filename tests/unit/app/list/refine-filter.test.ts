import { describe, expect, it } from "vitest";
import { filterParts, toggleExclusion, toggleValue, valueState } from "@/app/p/[project]/_list/refine-filter";
import { parseFilter } from "@/lib/filter/parse-filter";

const model = (value: string) => ({ field: "model", value });

describe("a click on a value", () => {
	it("asks for it, for several of one field together, and takes each off again", () => {
		const one = toggleValue(parseFilter("cost > 1"), model("a"));
		expect(parseFilter(one)).toEqual(parseFilter('cost > 1 and model = "a"'));
		const two = toggleValue(parseFilter(one), model("b"));
		expect(parseFilter(two)).toEqual(parseFilter('cost > 1 and model in ("a", "b")'));
		expect(valueState(parseFilter(two), model("b"))).toBe("asked");
		const back = toggleValue(parseFilter(two), model("a"));
		expect(parseFilter(back)).toEqual(parseFilter('cost > 1 and model = "b"'));
		expect(toggleValue(parseFilter(back), model("b"))).toBe("cost > $1");
	});

	it("keeps an alternative whole", () => {
		const refined = toggleValue(parseFilter("cost > 1 or latency > 2s"), model("a"));
		expect(parseFilter(refined)).toEqual(parseFilter('(cost > 1 or latency > 2s) and model = "a"'));
	});

	it("excludes it, and takes that back", () => {
		const excluded = toggleExclusion(parseFilter('model = "a"'), model("a"));
		expect(excluded).toBe('not model = "a"');
		expect(valueState(parseFilter(excluded), model("a"))).toBe("excluded");
		expect(toggleExclusion(parseFilter(excluded), model("a"))).toBe("");
	});

	it("asks a list for any of several", () => {
		const refined = toggleValue(parseFilter('tags has "x"'), { field: "tags", value: "y" });
		expect(parseFilter(refined)).toEqual(parseFilter('tags in ("x", "y")'));
	});
});

it("the parts of a filter are what must all hold, each with the filter without it", () => {
	expect(filterParts(parseFilter("cost > 1 and (model = a or model = b)"))).toEqual([
		{ text: "cost > $1", without: 'model = "a" or model = "b"' },
		{ text: 'model = "a" or model = "b"', without: "cost > $1" },
	]);
	expect(filterParts(parseFilter('cost > 1 or model = "a"'))).toEqual([
		{ text: 'cost > $1 or model = "a"', without: "" },
	]);
	expect(filterParts(parseFilter(""))).toEqual([]);
});
