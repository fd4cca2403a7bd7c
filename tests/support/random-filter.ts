import { type Condition, OPERATORS_OF, type Operator } from "@/lib/filter/condition";
import type { Field } from "@/lib/filter/field";
import { FIELDS, KEYED } from "@/lib/filter/fields";
import { FilterTree } from "@/lib/filter/filter";
import { findField } from "@/lib/filter/find-field";
import { refuseRegex } from "@/lib/filter/regex";
import { FILTER_NUMBERS, KEYS, pick, randomText, TEXTS } from "@/tests/support/random-spans";

type Random = () => number;

const MOMENTS = [
	...[
		"2026-09-21T14:13:20Z",
		"2026-09-21T14:13:20.25Z",
		"2026-09-21",
		"1970-01-01T00:00:00.000000001Z",
		"now",
		"now-1h",
		"now-90d",
	],
	...["2026-09-21T16:13:22.000000001+02:00", "2499-12-31"],
];
const PIECES = [
	...[
		"a",
		"b",
		"gpt",
		"Refund",
		"é",
		"世",
		"👋",
		"σ",
		".",
		"\\d",
		"\\D",
		"\\w",
		"\\W",
		"\\s",
		"\\S",
		"\\b",
		"^",
		"$",
		"\\n",
	],
	...[
		"[a-z]",
		"[^a-z]",
		"[0-9.\\-]",
		"[\\w.]",
		"[^\\s]",
		"[А-я]",
		"[α-ω]",
		"\\x{e9}",
		"\\x00",
		"\\.",
		"\\\\",
		"%",
		"_",
		"k",
		"S",
		"-",
		",",
		"]",
		"}",
	],
];

/** A pattern that is taken, of random pieces. */
export function randomRegex(random: Random): string {
	for (;;) {
		const pattern = `${random() < 0.3 ? "(?i)" : ""}${randomPattern(random, 0)}`;
		if (refuseRegex(pattern) === null) return pattern;
	}
}

function randomPattern(random: Random, depth: number): string {
	const parts = Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
		const inner = depth < 2 && random() < 0.25 ? randomPattern(random, depth + 1) : null;
		const piece = inner === null ? pick(random, PIECES) : random() < 0.5 ? `(${inner})` : `(?:${inner})`;
		return piece + pick(random, ["", "", "", "", "*", "+", "?", "{2}", "{0,3}", "{1,}", "*?", "+?"]);
	});
	return parts.join(random() < 0.2 ? "|" : "");
}

function part(random: Random): string {
	const text = randomText(random);
	if (random() < 0.5) return text;
	const from = Math.floor(random() * text.length);
	const cut = text.slice(from, from + 1 + Math.floor(random() * 6)) || "x";
	return random() < 0.3 ? cut.toUpperCase() : random() < 0.3 ? cut.toLowerCase() : cut;
}

function randomOperand(random: Random, field: Field, op: Operator): Condition["value"] {
	if (op === "exists") return undefined;
	const list = <Item>(item: () => Item): Item[] => Array.from({ length: 1 + Math.floor(random() * 4) }, item);
	const isList = op === "in" || op === "not in";
	const number = () => pick(random, FILTER_NUMBERS);
	const text = () => (field.values ? pick(random, field.values) : random() < 0.05 ? "" : pick(random, TEXTS));
	switch (field.type) {
		case "number":
			return isList ? list(number) : number();
		case "time":
			return pick(random, MOMENTS);
		case "boolean":
			return random() < 0.5;
		case "value":
			if (op === "<" || op === "<=" || op === ">" || op === ">=") return number();
			if (isList) return random() < 0.5 ? list(number) : list(text);
			if ((op === "=" || op === "!=") && random() < 0.5) return random() < 0.3 ? random() < 0.5 : number();
			break;
	}
	if (isList) return list(text);
	if (op === "=" || op === "!=" || op === "has") return text();
	return op === "matches" ? randomRegex(random) : part(random);
}

function randomCondition(random: Random): Condition {
	const field =
		random() < 0.3
			? findField(`${pick(random, KEYED).name}.${pick(random, KEYS) || "k"}`)
			: pick(random, random() < 0.3 ? FIELDS.slice(0, 12) : FIELDS);
	if (!field) throw new Error("no field");
	const op = pick(random, OPERATORS_OF[field.type]);
	const value = randomOperand(random, field, op);
	return { field: field.name, op, ...(value !== undefined && { value }) };
}

function randomJson(random: Random, depth: number): unknown {
	const kind = depth > 3 ? 1 : random();
	if (kind < 0.15) return { not: randomJson(random, depth + 1) };
	if (kind >= 0.5) return randomCondition(random);
	const parts = Array.from({ length: 1 + Math.floor(random() * 3) }, () => randomJson(random, depth + 1));
	return kind < 0.3 ? { and: parts } : { or: parts };
}

/** A checked filter: any field, operator and value, up to five deep. */
export function randomFilter(random: Random): FilterTree {
	return FilterTree.parse(randomJson(random, 0));
}

/** How many conditions a filter has. */
export function countConditions(tree: FilterTree): number {
	if ("not" in tree) return countConditions(tree.not);
	const parts = "and" in tree ? tree.and : "or" in tree ? tree.or : null;
	return parts ? parts.reduce((sum, inner) => sum + countConditions(inner), 0) : 1;
}
