import type { Assertion } from "@/lib/checks/assertion";
import { compilePattern } from "@/lib/checks/compile-pattern";
import { compileSchema } from "@/lib/checks/compile-schema";
import { isAppError } from "@/lib/errors";
import { parseJson } from "@/lib/json";

export interface CheckResult {
	passed: boolean;
	/** What was found, as what follows after "the output"; at most 500 characters. */
	reason: string;
}

const REASON_CHARS_MAX = 500;
const QUOTE_CHARS_MAX = 100;

/**
 * Whether an output is as an assertion says, and what was found. `is_json` wants a JSON object or array and nothing around it:
 * a bare number, text, true, false or null is JSON as well, but what a model says by accident. `matches_schema` takes any
 * JSON. Never throws: what cannot be checked has not passed.
 */
export function checkAssertion(assertion: Assertion, output: string): CheckResult {
	const { passed, reason } = check(assertion, output);
	return { passed, reason: cut(reason, REASON_CHARS_MAX) };
}

function check(assertion: Assertion, output: string): CheckResult {
	switch (assertion.type) {
		case "contains": {
			const passed = holds(output, assertion);
			return { passed, reason: `${passed ? "contains" : "misses"} ${quote(assertion.value)}` };
		}
		case "not_contains": {
			const passed = !holds(output, assertion);
			return { passed, reason: `${passed ? "does not contain" : "contains"} ${quote(assertion.value)}` };
		}
		case "matches_regex":
			return checkPattern(assertion.pattern, assertion.flags, output);
		case "max_length": {
			const length = codePoints(output);
			const allowed = `at most ${assertion.value.toLocaleString("en-US")} are allowed`;
			const reason = `is ${length.toLocaleString("en-US")} characters long, ${allowed}`;
			return { passed: length <= assertion.value, reason };
		}
		case "is_json":
			return checkJson(output);
		case "matches_schema":
			return checkSchema(assertion.schema, output);
		case "equals": {
			const [wanted, found] = [assertion.value, output].map((text) => (assertion.trim ? text.trim() : text));
			const passed = folded(wanted ?? "", assertion) === folded(found ?? "", assertion);
			return { passed, reason: passed ? `is ${quote(output)}` : `is ${quote(output)}, not ${quote(assertion.value)}` };
		}
	}
}

function holds(output: string, wanted: { value: string; ignoreCase: boolean }): boolean {
	return folded(output, wanted).includes(folded(wanted.value, wanted));
}

const folded = (text: string, { ignoreCase }: { ignoreCase: boolean }) => (ignoreCase ? text.toLowerCase() : text);

function codePoints(text: string): number {
	let count = 0;
	for (const _ of text) count++;
	return count;
}

function checkPattern(pattern: string, flags: string, output: string): CheckResult {
	const compiled = compilePattern(pattern, flags);
	if ("fault" in compiled) return { passed: false, reason: `cannot be checked: the pattern ${compiled.fault}` };
	const passed = compiled.regex.matcher(output).find();
	return { passed, reason: `${passed ? "matches" : "does not match"} /${cut(pattern, QUOTE_CHARS_MAX)}/${flags}` };
}

function checkJson(output: string): CheckResult {
	const read = readJson(output);
	if ("fault" in read) return { passed: false, reason: read.fault };
	const type = read.value === null ? "null" : Array.isArray(read.value) ? "array" : typeof read.value;
	const passed = type === "object" || type === "array";
	return { passed, reason: passed ? `is a JSON ${type}` : `is a JSON value of type ${type}, not an object or array` };
}

function checkSchema(schema: Record<string, unknown>, output: string): CheckResult {
	const compiled = compileSchema(schema);
	if ("fault" in compiled) return { passed: false, reason: `cannot be checked: the schema ${compiled.fault}` };
	const read = readJson(output);
	if ("fault" in read) return { passed: false, reason: read.fault };
	try {
		const mistake = compiled.validate(read.value);
		return { passed: mistake === null, reason: mistake ?? "fits the schema" };
	} catch {
		// The stack ended: a schema may refer to itself for the same value.
		return { passed: false, reason: "cannot be checked: it or the schema is nested without end" };
	}
}

function readJson(output: string): { value: unknown } | { fault: string } {
	try {
		return { value: parseJson(output, "output") };
	} catch (error) {
		const why = isAppError(error) ? error.publicMessage.replace("Malformed output: ", "") : "it cannot be read";
		return { fault: `is not JSON: ${why}` };
	}
}

const quote = (text: string) => JSON.stringify(cut(text, QUOTE_CHARS_MAX));

// Never half a character.
function cut(text: string, max: number): string {
	return text.length <= max
		? text
		: `${text
				.slice(0, max - 1)
				.toWellFormed()
				.replace(/\uFFFD$/, "")}…`;
}
