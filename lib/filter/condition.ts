import type { Field, FieldType } from "@/lib/filter/field";
import { findField, unknownField } from "@/lib/filter/find-field";
import { isMoment, MOMENT_FORM } from "@/lib/filter/moment";
import { refuseRegex } from "@/lib/filter/regex";
import { didYouMean } from "@/lib/text/nearest-name";

export const VALUE_CHARS_MAX = 2000;
export const LIST_MAX = 100;

export const OPERATORS = [
	"=",
	"!=",
	"in",
	"not in",
	"<",
	"<=",
	">",
	">=",
	"contains",
	"has word",
	"has",
	"starts with",
	"ends with",
	"matches",
	"exists",
] as const;
export type Operator = (typeof OPERATORS)[number];

export type Value = string | number | boolean | readonly string[] | readonly number[];

/**
 * One question to a span. `field` is a name of `fields.ts`, or `attribute.`, `metadata.`, `resource.` or `trace.metadata.` and a
 * key. Numbers are milliseconds, US dollars or counts, moments text. `exists` has no value.
 */
export interface Condition {
	field: string;
	op: Operator;
	value?: Value;
}

const WITHIN = ["contains", "has word", "starts with", "ends with", "matches"] as const;
const ORDER = ["<", "<=", ">", ">="] as const;

/** The operators of a type of field, in the order they are offered. */
export const OPERATORS_OF: Readonly<Record<FieldType, readonly Operator[]>> = {
	text: ["=", "!=", "in", "not in", ...WITHIN, "exists"],
	enum: ["=", "!=", "in", "not in", "exists"],
	number: [...ORDER, "=", "!=", "in", "not in", "exists"],
	boolean: ["=", "!=", "exists"],
	time: [...ORDER, "exists"],
	list: ["has", "in", "not in", ...WITHIN, "exists"],
	value: ["=", "!=", "in", "not in", ...ORDER, ...WITHIN, "exists"],
	search: ["contains", "has word", "matches"],
};

/** Operators that deny another one, of a value that is known. */
export const DENIES: Partial<Record<Operator, Operator>> = { "!=": "=", "not in": "in" };

/** What is wrong with a condition, and with which part of it. */
export interface Fault {
	part: "field" | "op" | "value";
	message: string;
}

/** A condition with its field's usual name and well-formed values, or what is wrong with it. */
export function checkCondition(field: string, op: string, value: unknown): Condition | Fault {
	const found = findField(field);
	if (!found) return { part: "field", message: unknownField(field) };
	if (found.name.length > VALUE_CHARS_MAX)
		return { part: "field", message: `must have at most ${VALUE_CHARS_MAX} characters` };
	const known = OPERATORS_OF[found.type];
	const operator = known.find((name) => name === op);
	if (operator === undefined) {
		const hint = didYouMean(op, known);
		return {
			part: "op",
			message: `\`${found.name}\` has no operator \`${op.slice(0, 20)}\`${hint || `: it has ${known.join(", ")}`}`,
		};
	}
	if (operator === "exists") {
		if (value !== undefined) return { part: "value", message: "`exists` takes no value" };
		return { field: found.name, op: operator };
	}
	const wrong = refuseValue(found, operator, value);
	if (wrong !== null) return { part: "value", message: wrong };
	return { field: found.name, op: operator, value: clean(value as Value) };
}

export function isFault(checked: Condition | Fault): checked is Fault {
	return "message" in checked;
}

function refuseValue(field: Field, op: Operator, value: unknown): string | null {
	if (value === undefined || value === null) return `\`${op}\` needs a value`;
	if (op !== "in" && op !== "not in") return refuseOne(field, op, value);
	if (!Array.isArray(value)) return `\`${op}\` needs a list`;
	if (value.length === 0) return "the list must not be empty";
	if (value.length > LIST_MAX) return `a list has at most ${LIST_MAX} values`;
	const kinds = new Set(value.map((item) => typeof item));
	if (kinds.size > 1 || kinds.has("boolean")) return "a list holds either texts or numbers";
	return value.map((item) => refuseOne(field, "=", item)).find((wrong) => wrong !== null) ?? null;
}

function refuseOne(field: Field, op: Operator, value: unknown): string | null {
	const isOrder = ORDER.some((name) => name === op);
	if (field.type === "boolean") return typeof value === "boolean" ? null : "must be true or false";
	if (field.type === "number" || (field.type === "value" && isOrder)) return refuseNumber(field, value);
	if (field.type === "value" && (op === "=" || op === "!=")) {
		if (typeof value === "boolean") return null;
		if (typeof value === "number") return refuseNumber(field, value);
	}
	if (typeof value !== "string") return "must be text";
	if (value.length > VALUE_CHARS_MAX) return `must have at most ${VALUE_CHARS_MAX} characters`;
	if (field.type === "time") return isMoment(value) ? null : `must be ${MOMENT_FORM}`;
	if (field.values && !field.values.includes(value)) {
		return `\`${field.name}\` is never \`${value.slice(0, 40)}\`${didYouMean(value, field.values) || `: it is one of ${field.values.join(", ")}`}`;
	}
	if (op === "matches") return refuseRegex(value.toWellFormed());
	return value === "" && WITHIN.some((name) => name === op) ? "must not be empty" : null;
}

function refuseNumber({ unit }: Field, value: unknown): string | null {
	if (typeof value === "number" && Number.isFinite(value)) return null;
	return unit === "ms"
		? "must be a number of milliseconds"
		: unit === "usd"
			? "must be a number of US dollars"
			: "must be a number";
}

// Half characters never reach the store, and minus zero is zero.
function clean(value: Value): Value {
	if (typeof value === "string") return value.toWellFormed();
	if (typeof value === "number") return value + 0;
	if (typeof value === "boolean") return value;
	return value.map((item) => clean(item)) as readonly string[] | readonly number[];
}
