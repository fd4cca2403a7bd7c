import { describe, expect, it } from "vitest";
import { parseJson } from "@/lib/json";
import { thrown } from "@/tests/support/failure";

describe("parseJson()", () => {
	it("reads any JSON value", () => {
		for (const value of [null, true, 0, "text", [1], { a: { b: [] } }]) {
			expect(parseJson(JSON.stringify(value))).toEqual(value);
		}
	});

	it.each([
		["", 0, 1, 1],
		['{"a":}', 5, 1, 6],
		['{\n  "a": 1,\n  "b" 2\n}', 18, 3, 7],
		['["secret"', 9, 1, 10],
		["{'a':1}", 1, 1, 2],
		["[1,]", 3, 1, 4],
		["nul", 0, 1, 1],
	])("names position, line and column of the mistake in %j", (text, position, line, column) => {
		const error = thrown(() => parseJson(text));
		expect(error.code).toBe("invalid_input");
		expect(error.publicMessage).toMatch(
			new RegExp(
				`^Malformed body: invalid JSON at position ${position} \\(line ${line}, column ${column}\\): [a-z ]+$`,
				"i",
			),
		);
	});

	it("never quotes the text", () => {
		const bodies = ['{"prompt": "secret" "more"}', '{"a": secret}', "secret", '{"secret', '{"a": 1} secret'];
		for (const body of bodies) {
			const error = thrown(() => parseJson(body, "request body"));
			expect(error.publicMessage).toMatch(/^Malformed request body: /);
			expect(error.publicMessage).not.toContain("secret");
			expect(error.cause).toBeUndefined();
		}
	});

	it("refuses what is nested too deep to be examined like any other mistake", () => {
		for (const body of ["[".repeat(200_000), '{"a":'.repeat(200_000)]) {
			expect(thrown(() => parseJson(body))).toMatchObject({ code: "invalid_input" });
		}
	});
});
