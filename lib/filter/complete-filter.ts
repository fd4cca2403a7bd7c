import { OPERATORS_OF } from "@/lib/filter/condition";
import type { Field } from "@/lib/filter/field";
import { FIELDS, KEYED } from "@/lib/filter/fields";
import { findField, keyedName } from "@/lib/filter/find-field";
import { isWord, readOperator } from "@/lib/filter/operator-words";
import { type Token, tokenize } from "@/lib/filter/tokens";

const OPTIONS_MAX = 20;
const MOMENTS = ["now-15m", "now-1h", "now-24h", "now-7d", "now-30d"];

export interface Completion {
	/** What an option replaces, in UTF-16 units. */
	from: number;
	to: number;
	/** Best first, at most 20. */
	options: { text: string; about: string }[];
}

type Expected =
	| { kind: "condition" }
	| { kind: "operator"; field: Field; typed: string[] }
	| { kind: "value"; field: Field; isList: boolean }
	| { kind: "joining" };

/**
 * What could stand at the cursor of a filter's text: fields, the operators of the field before, the values of an enum, words
 * that join. Never fails: inside a quoted text, or after what cannot be read, there is nothing to offer.
 */
export function completeFilter(text: string, cursor: number): Completion {
	const at = Math.max(0, Math.min(cursor, text.length));
	const tokens = piecesBefore(text, at);
	if (tokens === null) return { from: at, to: at, options: [] };
	const last = tokens.at(-1);
	const partial = last?.kind === "word" && last.end === at ? last : null;
	const before = partial ? tokens.slice(0, -1) : tokens;
	const expected = expectedAfter(before);
	// Of `starts w` the first word is part of what is completed.
	const typed = expected.kind === "operator" ? expected.typed : [];
	const first = typed.length > 0 ? before[before.length - typed.length] : partial;
	const written = [...typed, partial?.text ?? ""].join(" ").toLowerCase();
	const rest = partial ? (/^[^\s"'()[\],=<>!]*/.exec(text.slice(at))?.[0].length ?? 0) : 0;
	return { from: first?.at ?? at, to: at + rest, options: fitting(optionsFor(expected, before), written) };
}

function piecesBefore(text: string, cursor: number): Token[] | null {
	try {
		return tokenize(text.slice(0, cursor));
	} catch {
		return null;
	}
}

function expectedAfter(tokens: readonly Token[]): Expected {
	let expected: Expected = { kind: "condition" };
	for (let at = 0; at < tokens.length; ) {
		const token = tokens[at];
		if (!token) break;
		if (expected.kind === "operator") {
			const operator = readOperator(tokens, at);
			if (operator) {
				at += operator.length;
				const isList = operator.op === "in" || operator.op === "not in";
				expected = operator.op === "exists" ? { kind: "joining" } : { kind: "value", field: expected.field, isList };
				continue;
			}
			const typed = tokens.slice(at).map((piece) => piece.text.toLowerCase());
			if (operatorsOf(expected.field).some(({ text }) => text.startsWith(`${typed.join(" ")} `))) {
				return { ...expected, typed };
			}
			// The name was no field after all but a word to look for.
			expected = { kind: "joining" };
		}
		if (expected.kind === "value") {
			const isClosed = expected.isList ? token.text === ")" || token.text === "]" : token.kind !== "symbol";
			if (isClosed) expected = { kind: "joining" };
			at++;
			continue;
		}
		const joins = token.kind === "symbol" || ["and", "or", "not"].some((word) => isWord(token, word));
		if (joins) {
			expected = { kind: token.text === ")" ? "joining" : "condition" };
			at++;
			continue;
		}
		const [field, length] = fieldAt(tokens, at);
		expected = field ? { kind: "operator", field, typed: [] } : { kind: "joining" };
		at += length;
	}
	return expected;
}

function fieldAt(tokens: readonly Token[], at: number): [field: Field | null, length: number] {
	const token = tokens[at];
	if (token?.kind !== "word") return [null, 1];
	const prefix = keyedName(token.text);
	if (prefix === null || tokens[at + 1]?.text !== "[") return [findField(token.text), 1];
	return [findField(`${prefix}.${tokens[at + 2]?.text ?? ""}`), 4];
}

function optionsFor(expected: Expected, before: readonly Token[]): Completion["options"] {
	switch (expected.kind) {
		case "condition":
			return [
				...FIELDS.map(({ name, about }) => ({ text: name, about })),
				...KEYED.map(({ name, about }) => ({ text: `${name}["`, about })),
				{ text: "not", about: "the opposite of what follows" },
			];
		case "operator":
			return operatorsOf(expected.field);
		case "value":
			return valuesOf(expected.field);
		case "joining":
			return [
				{ text: "and", about: "both" },
				{ text: "or", about: "either" },
				...(openGroups(before) > 0 ? [{ text: ")", about: "the end of the group" }] : []),
			];
	}
}

function operatorsOf(field: Field): Completion["options"] {
	const operators = OPERATORS_OF[field.type].map((op) => ({ text: op as string, about: `${field.name} ${op} ...` }));
	const unknown = { text: "is unknown", about: `nothing is known of ${field.name}` };
	return field.type === "search" ? operators : [...operators, unknown];
}

function valuesOf(field: Field): Completion["options"] {
	const values = field.type === "boolean" ? ["true", "false"] : field.type === "time" ? MOMENTS : (field.values ?? []);
	return values.map((text) => ({ text, about: field.about }));
}

function openGroups(tokens: readonly Token[]): number {
	const count = (text: string) => tokens.filter((token) => token.kind === "symbol" && token.text === text).length;
	return count("(") - count(")");
}

// What begins as written comes before what merely holds it.
function fitting(options: Completion["options"], written: string): Completion["options"] {
	const begins = options.filter(({ text }) => text.toLowerCase().startsWith(written));
	const holds = options.filter((option) => !begins.includes(option) && option.text.toLowerCase().includes(written));
	return [...begins, ...holds].slice(0, OPTIONS_MAX);
}
