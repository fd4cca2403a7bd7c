import { expect, test } from "vitest";
import { compileExpression } from "@/inngest/embedded/expression";

const event = {
	id: "e",
	name: "span/stored",
	ts: 1,
	data: { project: "p", count: 3, flag: true, nested: { deep: "d" } },
};

test.each([
	["event.data.project", "p"],
	["event.data.nested.deep", "d"],
	["event.data.count > 2 && event.data.flag", true],
	["event.name == 'span/stored'", true],
	["1 + 1", 2],
	["event.data.missing", null],
	["event.data.missing == 'x'", null],
	["event.data.nested", null],
])("%s is %j", (source, expected) => {
	expect(compileExpression(source)(event)).toBe(expected);
});

test("a mistake in an expression throws when it is compiled", () => {
	expect(() => compileExpression("event.data.")).toThrow();
});
