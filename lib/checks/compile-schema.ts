import { Ajv, type ErrorObject, type Options } from "ajv";
import { Ajv2019 } from "ajv/dist/2019.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import { compilePattern } from "@/lib/checks/compile-pattern";

const SCHEMA_CHARS_MAX = 50_000;
const REMEMBERED_MAX = 100;

/** What a value does not fit first; null when it fits. */
type Validate = (value: unknown) => string | null;
type Compiled = { validate: Validate } | { fault: string };

const remembered = new Map<string, Compiled>();

const OPTIONS: Options = {
	// Annotations and words of other tools are no reason to refuse a schema.
	strict: false,
	validateFormats: false,
	logger: false,
	code: { regExp: Object.assign(linearRegExp, { code: "linearRegExp" }) },
};

/**
 * A JSON schema ready to be asked, or why it is none: draft-07 unless its `$schema` names 2019-09 or 2020-12. Patterns in it
 * are RE2's, `format` is not checked, and nothing is fetched: a reference leads to the schema itself.
 */
export function compileSchema(schema: Record<string, unknown>): Compiled {
	const text = JSON.stringify(schema);
	if (text.length > SCHEMA_CHARS_MAX) return { fault: `must not have more than ${SCHEMA_CHARS_MAX} characters` };
	const known = remembered.get(text);
	if (known) return known;
	if (remembered.size >= REMEMBERED_MAX) remembered.clear();
	const compiled = compile(schema);
	remembered.set(text, compiled);
	return compiled;
}

function compile(schema: Record<string, unknown>): Compiled {
	if ("$async" in schema) return { fault: "must not be asynchronous ($async)" };
	try {
		const validate = open(schema).compile(schema);
		return { validate: (value) => (validate(value) ? null : tell(validate.errors?.[0])) };
	} catch (error) {
		return { fault: `is no valid JSON schema: ${error instanceof Error ? error.message : "it is malformed"}` };
	}
}

// A validator of its own for each: one remembers every schema that it saw.
function open({ $schema }: Record<string, unknown>): Ajv {
	const dialect = typeof $schema === "string" ? $schema : "";
	if (dialect.includes("2020-12")) return new Ajv2020(OPTIONS);
	return dialect.includes("2019-09") ? new Ajv2019(OPTIONS) : new Ajv(OPTIONS);
}

function tell(error: ErrorObject | undefined): string {
	const where = error?.instancePath || "the whole";
	const name: unknown = error?.params.additionalProperty ?? error?.params.unevaluatedProperty;
	return `${where} ${error?.message ?? "does not fit"}${typeof name === "string" ? `: ${JSON.stringify(name)}` : ""}`;
}

// Ajv tells patterns apart by what they print.
function linearRegExp(pattern: string) {
	const compiled = compilePattern(pattern, "");
	if ("fault" in compiled) throw new Error(`the pattern ${JSON.stringify(pattern)} ${compiled.fault}`);
	return { test: (text: string) => compiled.regex.matcher(text).find(), toString: () => pattern };
}
