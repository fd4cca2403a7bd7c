import { describe, expect, it } from "vitest";
import { conditionText, joinFilter } from "@/app/p/[project]/_list/filter-words";
import { joinableText } from "@/app/p/[project]/_list/refine-filter";
import { readFilterText } from "@/lib/filter/filter-text";
import { parseFilter } from "@/lib/filter/parse-filter";

const HOSTILE = [
	'a"b',
	"a'b",
	"back\\slash",
	"line\nbreak",
	'") or (cost > 0',
	"",
	"and",
	"\u0000",
	"日本語 🎉",
	"has word",
];

describe("a cell's value as a condition", () => {
	it.each(HOSTILE)("is read as exactly that value: %j", (value) => {
		expect(parseFilter(conditionText({ field: "session", value }))).toEqual({ field: "session", op: "=", value });
		expect(parseFilter(conditionText({ field: `metadata.${value || "k"}`, value }))).toEqual({
			field: `metadata.${value || "k"}`,
			op: "=",
			value,
		});
	});

	it("asks whether a list has it, and takes numbers and truths as they are", () => {
		expect(parseFilter(conditionText({ field: "tags", value: "beta" }))).toEqual({
			field: "tags",
			op: "has",
			value: "beta",
		});
		expect(parseFilter(conditionText({ field: "cost", value: 0.02 }))).toEqual({ field: "cost", op: "=", value: 0.02 });
		expect(parseFilter(conditionText({ field: "root", value: true }))).toEqual({ field: "root", op: "=", value: true });
	});
});

describe("one more condition", () => {
	it.each([
		"",
		"model = x",
		"a b",
		"model = x or cost > 1",
		"not (model = x or cost > 1)",
		"(model = x or cost > 1) cost < 3",
	])("holds beside the whole of %j", (text) => {
		const { filter } = readFilterText(text);
		const joined = parseFilter(joinFilter(joinableText(text, filter), 'user = "u"'));
		const user = { field: "user", op: "=", value: "u" };
		const parts = "and" in joined ? joined.and : [joined];
		expect(parts.at(-1)).toEqual(user);
		const before = filter === null || text === "" ? [] : "and" in filter ? filter.and : [filter];
		expect(parts.slice(0, -1)).toEqual(before);
	});

	it("replaces a filter that cannot be read", () => {
		expect(joinFilter(joinableText("model = = x", null), "cost > 1")).toBe("cost > 1");
	});
});
