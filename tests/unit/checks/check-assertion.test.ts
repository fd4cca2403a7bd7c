import { describe, expect, it } from "vitest";
import { Assertion } from "@/lib/checks/assertion";
import { checkAssertion } from "@/lib/checks/check-assertion";

const check = (assertion: unknown, output: string) => checkAssertion(Assertion.parse(assertion), output);

function issueOf(assertion: unknown): { path: string; message: string } | null {
	const issue = Assertion.safeParse(assertion).error?.issues[0];
	return issue ? { path: issue.path.join("."), message: issue.message } : null;
}

const ORDER = {
	type: "object",
	properties: { order_id: { type: "string", pattern: "^A-[0-9]+$" }, total: { type: "number" } },
	required: ["order_id"],
	additionalProperties: false,
};

describe("checkAssertion()", () => {
	it.each([
		[{ type: "contains", value: "refund" }, "no Refund", false, 'misses "refund"'],
		[{ type: "contains", value: "refund", ignoreCase: true }, "no Refund", true, 'contains "refund"'],
		[{ type: "not_contains", value: "cash" }, "in cash", false, 'contains "cash"'],
		[{ type: "not_contains", value: "cash" }, "in Cash", true, 'does not contain "cash"'],
		[{ type: "matches_regex", pattern: "^a.c$" }, "x\nabc", false, "does not match /^a.c$/"],
		[{ type: "matches_regex", pattern: "^A.C$", flags: "im" }, "x\nabc", true, "matches /^A.C$/im"],
		[{ type: "matches_regex", pattern: "a.b", flags: "s" }, "a\nb", true, "matches /a.b/s"],
		[{ type: "max_length", value: 3 }, "🦊🦊🦊", true, "is 3 characters long, at most 3 are allowed"],
		[
			{ type: "max_length", value: 1000 },
			"x".repeat(1204),
			false,
			"is 1,204 characters long, at most 1,000 are allowed",
		],
		[{ type: "is_json" }, ' {"a": [1]}\n', true, "is a JSON object"],
		[{ type: "is_json" }, "[]", true, "is a JSON array"],
		[{ type: "is_json" }, "7", false, "is a JSON value of type number, not an object or array"],
		[{ type: "is_json" }, "null", false, "is a JSON value of type null, not an object or array"],
		[{ type: "matches_schema", schema: ORDER }, '{"order_id":"A-1"}', true, "fits the schema"],
		[{ type: "matches_schema", schema: ORDER }, '{"order_id":7}', false, "/order_id must be string"],
		[{ type: "matches_schema", schema: ORDER }, "{}", false, "the whole must have required property 'order_id'"],
		[
			{ type: "matches_schema", schema: ORDER },
			'{"order_id":"A-1","x":1}',
			false,
			'the whole must NOT have additional properties: "x"',
		],
		[{ type: "equals", value: "yes" }, " yes\n", true, 'is " yes\\n"'],
		[{ type: "equals", value: "yes", trim: false }, "yes ", false, 'is "yes ", not "yes"'],
		[{ type: "equals", value: "YES", ignoreCase: true }, "yes", true, 'is "yes"'],
		[{ type: "equals", value: "yes" }, "no", false, 'is "no", not "yes"'],
	])("%j of %j: %s", (assertion, output, passed, reason) => {
		expect(check(assertion, output)).toEqual({ passed, reason });
	});

	it("says where JSON breaks off, for its form and its schema alike", () => {
		for (const assertion of [{ type: "is_json" }, { type: "matches_schema", schema: {} }]) {
			for (const output of ["", "Sure: {}", '{"a": 1,}', "```json\n{}\n```"]) {
				const { passed, reason } = check(assertion, output);
				expect(passed).toBe(false);
				expect(reason).toMatch(/^is not JSON: invalid JSON at position \d+ /);
			}
		}
	});

	it("cuts what it quotes, and never a character in half", () => {
		const reasons = [
			check({ type: "equals", value: "🦊".repeat(3000) }, "🦊".repeat(300_000)).reason,
			check({ type: "contains", value: "🦊".repeat(3000) }, "").reason,
			check(
				{ type: "matches_schema", schema: { properties: { ["x".repeat(2000)]: false } } },
				`{"${"x".repeat(2000)}":1}`,
			).reason,
		];
		for (const reason of reasons) {
			expect(reason.length).toBeLessThanOrEqual(500);
			expect(reason.isWellFormed()).toBe(true);
		}
	});

	it("ends soon, whatever pattern or schema is asked for", () => {
		const text = `${"a".repeat(50_000)}!`;
		const started = performance.now();
		expect(check({ type: "matches_regex", pattern: "(a+)+$" }, text).passed).toBe(false);
		const schema = { type: "string", pattern: "^(a|aa)+$" };
		expect(check({ type: "matches_schema", schema }, JSON.stringify(text)).passed).toBe(false);
		const endless = { allOf: [{ $ref: "#" }] };
		expect(check({ type: "matches_schema", schema: endless }, "{}").reason).toMatch(/^cannot be checked/);
		expect(check({ type: "is_json" }, "[".repeat(200_000)).passed).toBe(false);
		expect(performance.now() - started).toBeLessThan(20_000);
	});

	it("reads the drafts that a schema names", () => {
		const tuple = { $schema: "https://json-schema.org/draft/2020-12/schema", prefixItems: [{ type: "string" }] };
		expect(check({ type: "matches_schema", schema: tuple }, "[1]").reason).toBe("/0 must be string");
		const old = { $schema: "http://json-schema.org/draft-07/schema#", items: [{ type: "string" }] };
		expect(check({ type: "matches_schema", schema: old }, "[1]").reason).toBe("/0 must be string");
		const between = { $schema: "https://json-schema.org/draft/2019-09/schema", dependentRequired: { a: ["b"] } };
		expect(check({ type: "matches_schema", schema: between }, '{"a":1}').passed).toBe(false);
	});
});

describe("Assertion", () => {
	it("fills in what is not said", () => {
		expect(Assertion.parse({ type: "contains", value: "x" })).toEqual({
			type: "contains",
			value: "x",
			ignoreCase: false,
		});
		expect(Assertion.parse({ type: "equals", value: "" })).toMatchObject({ ignoreCase: false, trim: true });
		expect(Assertion.parse({ type: "matches_regex", pattern: "x" })).toMatchObject({ flags: "" });
	});

	it.each([
		[{ type: "sounds_nice" }, "type", /^must be one of contains, /],
		[{ type: "contains", value: "" }, "value", /^must not be empty$/],
		[{ type: "contains", value: "x", ignorecase: true }, "", /ignorecase/],
		[{ type: "is_json", value: 1 }, "", /value/],
		[{ type: "matches_regex", pattern: "(" }, "pattern", /^is refused by RE2: missing (closing )?\)/],
		[{ type: "matches_regex", pattern: "(?=a)" }, "pattern", /^is refused by RE2: /],
		[{ type: "matches_regex", pattern: "" }, "pattern", /^must not be empty$/],
		[{ type: "matches_regex", pattern: "a".repeat(501) }, "pattern", /^must not have more than 500 characters$/],
		[{ type: "matches_regex", pattern: "((a{30}){30}){2}" }, "pattern", /repeats too much|is refused by RE2/],
		[{ type: "matches_regex", pattern: "a", flags: "g" }, "flags", /^must be some of i, m and s/],
		[{ type: "matches_regex", pattern: "a", flags: "ii" }, "flags", /^must be some of i, m and s/],
		[{ type: "max_length", value: 0 }, "value", /^must be at least 1$/],
		[{ type: "max_length", value: 1.5 }, "value", /int/],
		[{ type: "matches_schema", schema: { type: "strng" } }, "schema", /^is no valid JSON schema: /],
		[{ type: "matches_schema", schema: { $ref: "https://example.com/x" } }, "schema", /^is no valid JSON schema: /],
		[{ type: "matches_schema", schema: { $async: true } }, "schema", /^must not be asynchronous/],
		[{ type: "matches_schema", schema: { pattern: "(?<=a)b" } }, "schema", /the pattern .* is refused by RE2/],
		[{ type: "matches_schema", schema: [] }, "schema", /./],
	])("refuses %j at %j", (assertion, path, message) => {
		expect(issueOf(assertion)?.path).toBe(path);
		expect(issueOf(assertion)?.message).toMatch(message);
	});
});
