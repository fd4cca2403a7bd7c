import { describe, expect, it } from "vitest";
import { FilterTree } from "@/lib/filter/filter";

const NAME = { field: "name", op: "=", value: "x" };

function issues(json: unknown): string[] {
	const parsed = FilterTree.safeParse(json);
	return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("FilterTree", () => {
	it("takes groups, conditions and the empty filter, and says field names as they are usual", () => {
		expect(FilterTree.parse({ and: [] })).toEqual({ and: [] });
		expect(FilterTree.parse({ field: "Duration", op: ">", value: -0 })).toEqual({
			field: "latency",
			op: ">",
			value: 0,
		});
		expect(FilterTree.parse({ and: [{ or: [NAME] }] })).toEqual(NAME);
		expect(FilterTree.parse({ not: { field: "cost", op: "exists" } })).toEqual({
			not: { field: "cost", op: "exists" },
		});
		expect(FilterTree.parse({ field: "name", op: "=", value: "a\ud83d" })).toEqual({ ...NAME, value: "a\ufffd" });
		expect(FilterTree.parse({ field: "attributes.__proto__", op: "=", value: "" })).toMatchObject({
			field: "attribute.__proto__",
		});
	});

	it.each<[unknown, string]>([
		[null, ": must be a condition or one of and, or, not"],
		["name = x", ": must be a condition or one of and, or, not"],
		[[], ": must be a condition or one of and, or, not"],
		[{}, "field: must be a field's name"],
		[{ or: [] }, "or: must be a list of at least one condition"],
		[{ and: [{ and: [] }] }, "and.0.and: must be a list of at least one condition"],
		[{ and: [NAME], or: [NAME] }, ": `and` stands alone in its object"],
		[{ and: [NAME, { ...NAME, field: "modle" }] }, "and.1.field: unknown field `modle`: did you mean `model`?"],
		[{ not: { or: [NAME, { ...NAME, op: "~" }] } }, "not.or.1.op: `name` has no operator `~`: did you mean `=`?"],
		[{ ...NAME, extra: 1 }, "extra: is not known: a condition has field, op and value"],
		[{ field: "name", op: "=" }, "value: `=` needs a value"],
		[{ field: "name", op: "exists", value: true }, "value: `exists` takes no value"],
		[{ field: "name", op: "=", value: 5 }, "value: must be text"],
		[{ field: "name", op: "in", value: "x" }, "value: `in` needs a list"],
		[{ field: "name", op: "in", value: [] }, "value: the list must not be empty"],
		[{ field: "name", op: "in", value: ["x", 1] }, "value: a list holds either texts or numbers"],
		[{ field: "cost", op: ">", value: "0.01" }, "value: must be a number of US dollars"],
		[{ field: "latency", op: ">", value: Number.NaN }, "value: must be a number of milliseconds"],
		[{ field: "kind", op: "=", value: "lm" }, "value: `kind` is never `lm`: did you mean `llm`?"],
		[{ field: "start", op: ">", value: "1969-12-31" }, "value: must be a time such as 2026-11-22T10:30:00Z or now-1h"],
		[{ field: "name", op: "=", value: "x".repeat(2001) }, "value: must have at most 2000 characters"],
		[{ field: "name", op: "in", value: Array(101).fill("x") }, "value: a list has at most 100 values"],
		[{ and: Array(201).fill(NAME) }, "and.200: a filter has at most 200 conditions"],
	])("refuses %j with its place", (json, message) => {
		expect(issues(json)).toEqual([message]);
	});

	it("is at most 20 deep, and no depth breaks it", () => {
		const nested = (depth: number) => {
			let json: unknown = NAME;
			for (let level = 0; level < depth; level++) json = { not: json };
			return json;
		};
		expect(issues(nested(20))).toEqual([]);
		expect(issues(nested(21))[0]).toMatch(/: is deeper than 20 levels$/);
		expect(issues(nested(100_000))).toHaveLength(1);
	});
});
