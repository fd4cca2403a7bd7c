import { describe, expect, it } from "vitest";
import { isAppError } from "@/lib/errors";
import { parseFilter } from "@/lib/filter/parse-filter";

function refusal(text: string): string {
	try {
		parseFilter(text);
	} catch (error) {
		if (isAppError(error) && error.code === "invalid_input") return error.publicMessage;
		throw error;
	}
	return "";
}

describe("parseFilter()", () => {
	it.each([
		["kind = llm", { field: "kind", op: "=", value: "llm" }],
		["KIND = llm", { field: "kind", op: "=", value: "llm" }],
		["user = 42", { field: "user", op: "=", value: "42" }],
		["latency > 2s", { field: "latency", op: ">", value: 2000 }],
		["duration >= 0.07s", { field: "latency", op: ">=", value: 70 }],
		["ttft < 250", { field: "ttft", op: "<", value: 250 }],
		["latency < 1.5m", { field: "latency", op: "<", value: 90_000 }],
		["cost > $0.01", { field: "cost", op: ">", value: 0.01 }],
		["cost>0.01", { field: "cost", op: ">", value: 0.01 }],
		["tokens.total > 10k", { field: "tokens.total", op: ">", value: 10_000 }],
		["start > now-1h", { field: "start", op: ">", value: "now-1h" }],
		["start >= 2026-11-22T10:30:00Z", { field: "start", op: ">=", value: "2026-11-22T10:30:00Z" }],
		["root = true", { field: "root", op: "=", value: true }],
		["model in (a, 'b c')", { field: "model", op: "in", value: ["a", "b c"] }],
		['model not in ["a"]', { field: "model", op: "not in", value: ["a"] }],
		["name has word refund", { field: "name", op: "has word", value: "refund" }],
		["tags has word", { field: "tags", op: "has", value: "word" }],
		[
			"tags has word or error exists",
			{
				or: [
					{ field: "tags", op: "has", value: "word" },
					{ field: "error", op: "exists" },
				],
			},
		],
		["input matches '(?i)refund|return'", { field: "input", op: "matches", value: "(?i)refund|return" }],
		["cost is unknown", { not: { field: "cost", op: "exists" } }],
		["cost is known", { field: "cost", op: "exists" }],
		['attributes["http.route"] = /x', { field: "attribute.http.route", op: "=", value: "/x" }],
		["attribute.http.route = /x", { field: "attribute.http.route", op: "=", value: "/x" }],
		["attribute.Model = x", { field: "attribute.Model", op: "=", value: "x" }],
		["metadata.n >= 5", { field: "metadata.n", op: ">=", value: 5 }],
		["metadata.n = 5", { field: "metadata.n", op: "=", value: 5 }],
		["metadata.n = '5'", { field: "metadata.n", op: "=", value: "5" }],
		["metadata.b = true", { field: "metadata.b", op: "=", value: true }],
		["refund", { field: "text", op: "contains", value: "refund" }],
		['"refund policy"', { field: "text", op: "contains", value: "refund policy" }],
		["don't", { field: "text", op: "contains", value: "don't" }],
		["wow!", { field: "text", op: "contains", value: "wow!" }],
		["name!='x'", { field: "name", op: "!=", value: "x" }],
		["model", { field: "text", op: "contains", value: "model" }],
		["", { and: [] }],
		["  ", { and: [] }],
		["((status = ok))", { field: "status", op: "=", value: "ok" }],
		[`name = 'it\\'s "so"'`, { field: "name", op: "=", value: `it's "so"` }],
		['name = "a\\u0000\\nb"', { field: "name", op: "=", value: "a\0\nb" }],
		['name = "a\nb"', { field: "name", op: "=", value: "a\nb" }],
	])("reads %s", (text, tree) => {
		expect(parseFilter(text)).toEqual(tree);
	});

	it("binds not before and before or, and takes neighbours for and", () => {
		const [a, b, c] = ["a", "b", "c"].map((value) => ({ field: "text", op: "contains", value }));
		expect(parseFilter("a or b and c")).toEqual({ or: [a, { and: [b, c] }] });
		expect(parseFilter("a OR b c")).toEqual({ or: [a, { and: [b, c] }] });
		expect(parseFilter("not a and b")).toEqual({ and: [{ not: a }, b] });
		expect(parseFilter("not (a or b) c")).toEqual({ and: [{ not: { or: [a, b] } }, c] });
		expect(parseFilter("(a and b) and c")).toEqual({ and: [{ and: [a, b] }, c] });
	});

	it.each([
		["modle = x", "column 1: unknown field `modle`: did you mean `model`?"],
		["kind = llm and latancy > 2s", "column 16: unknown field `latancy`: did you mean `latency`?"],
		["what is unknown", "column 1: unknown field `what`; to look for these words, put them into quotes"],
		["👋 and modle = x", "column 7: unknown field `modle`: did you mean `model`?"],
		["attribute = x", 'column 1: `attribute` needs a key, as in `attribute["http.route"]`'],
		["kind = lm", "column 8: `kind` is never `lm`: did you mean `llm`?"],
		["status = failed", "column 10: `status` is never `failed`: it is one of ok, error"],
		["latency > soon", "column 11: expected a duration such as 250ms, 2s or 1m, found `soon`"],
		["cost > 1k", "column 8: expected an amount such as 0.01 or $0.01, found `1k`"],
		["cost > $", "column 8: expected an amount such as 0.01 or $0.01, found `$`"],
		["start > yesterday", "column 9: must be a time such as 2026-11-22T10:30:00Z or now-1h"],
		["root = maybe", "column 8: expected true or false, found `maybe`"],
		["name > 5", "column 6: `name` has no operator `>`: did you mean `=`?"],
		["model =", "column 8: expected a value, found the end"],
		["model in a", "column 10: expected a list such as (a, b), found `a`"],
		["model in (a", "column 12: expected `,` or `)`, found the end"],
		["(a", "column 3: expected `)`, found the end"],
		["a)", "column 2: expected `and`, `or` or the end, found `)`"],
		["a and", "column 6: expected a condition such as `model = gpt-4o`, or a text to look for, found the end"],
		["or a", "column 1: expected a condition such as `model = gpt-4o`, or a text to look for, found `or`"],
		['name = "x', 'column 8: the quote " has no end'],
		[
			'name = "\\q"',
			'column 8: a quoted text knows the escapes \\" \\\\ \\n \\t \\r \\b \\f \\/ and \\u with four hex digits',
		],
		["input matches '(?=a)'", "column 15: of the forms `(?...)` only `(?:` is known, and `(?i)` at the beginning"],
		["input matches '(a)\\\\1'", "column 15: `\\1` is not known in a pattern"],
		["input matches '(a'", "column 15: RE2 refuses the pattern: missing closing ): `(a`"],
		["input contains ''", "column 16: must not be empty"],
		["model['x'] = y", "column 1: `model` has no keys: attribute, metadata, resource and trace.metadata have"],
		["attribute['x']", "column 15: expected an operator such as `=` or `contains`, found the end"],
		["attribute[''] = x", 'column 1: `attribute.` needs a key, as in `attribute["http.route"]`'],
	])("says of %s where and what is wrong", (text, message) => {
		expect(refusal(text)).toBe(message);
	});

	it("is bounded in depth, conditions and values", () => {
		expect(refusal(`${"not ".repeat(20)}a`)).toBe("");
		expect(refusal(`${"not ".repeat(21)}a`)).toBe("column 81: a filter is at most 20 levels deep");
		expect(refusal(`${"(".repeat(100_000)}a`)).toBe("column 21: a filter is at most 20 levels deep");
		expect(refusal("a ".repeat(200))).toBe("");
		expect(refusal("a ".repeat(201))).toBe("column 401: a filter has at most 200 conditions");
		expect(refusal(`name = ${"x".repeat(2001)}`)).toBe("column 8: must have at most 2000 characters");
		expect(refusal(`name in (${"x, ".repeat(100)}x)`)).toBe("column 9: a list has at most 100 values");
	});
});
