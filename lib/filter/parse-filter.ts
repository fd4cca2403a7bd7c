import {
	type Condition,
	checkCondition,
	type Fault,
	isFault,
	OPERATORS_OF,
	type Operator,
	type Value,
} from "@/lib/filter/condition";
import type { Field } from "@/lib/filter/field";
import { CONDITIONS_MAX, DEPTH_MAX, EVERYTHING, type FilterTree } from "@/lib/filter/filter";
import { findField, keyedName, unknownField } from "@/lib/filter/find-field";
import { MOMENT_FORM } from "@/lib/filter/moment";
import { isWord, readOperator, type SpelledOperator } from "@/lib/filter/operator-words";
import { parseQuantity, quantityForm } from "@/lib/filter/quantity";
import { syntaxError, type Token, tokenize } from "@/lib/filter/tokens";

const JOINING: ReadonlySet<string> = new Set(["and", "or", "not"]);

/**
 * A filter as people type it: `model = "gpt-4o" and (cost > 0.01 or latency > 2s) and not tags has "test"`. `not` binds most,
 * then `and`, which may be left out, then `or`. Words and quoted texts alone are looked for in input and output; nothing at all
 * fits everything. Fails with `invalid_input`: the column (from 1), what was expected there and the nearest known name.
 */
export function parseFilter(text: string): FilterTree {
	const parser = new Parser(text);
	return parser.atEnd() ? EVERYTHING : parser.whole();
}

class Parser {
	private readonly tokens: readonly Token[];
	private next = 0;
	private depth = 0;
	private conditions = 0;

	constructor(private readonly text: string) {
		this.tokens = tokenize(text);
	}

	atEnd(): boolean {
		return this.next >= this.tokens.length;
	}

	whole(): FilterTree {
		const tree = this.alternatives();
		if (!this.atEnd()) this.fail("expected `and`, `or` or the end");
		return tree;
	}

	private alternatives(): FilterTree {
		const parts = [this.conjunction()];
		while (this.takeWord("or")) parts.push(this.conjunction());
		const [only] = parts;
		return parts.length === 1 && only ? only : { or: parts };
	}

	private conjunction(): FilterTree {
		const parts = [this.negation()];
		while (this.takeWord("and") || this.startsPart()) parts.push(this.negation());
		const [only] = parts;
		return parts.length === 1 && only ? only : { and: parts };
	}

	private startsPart(): boolean {
		const token = this.tokens[this.next];
		if (!token) return false;
		return token.kind === "symbol" ? token.text === "(" : !isWord(token, "or");
	}

	private negation(): FilterTree {
		const at = this.place();
		if (this.takeWord("not")) return this.deeper(at, () => ({ not: this.negation() }));
		if (!this.takeSymbol("(")) return this.condition();
		const inner = this.deeper(at, () => this.alternatives());
		if (!this.takeSymbol(")")) this.fail("expected `)`");
		return inner;
	}

	private deeper(at: number, read: () => FilterTree): FilterTree {
		this.depth++;
		if (this.depth > DEPTH_MAX) throw syntaxError(this.text, at, `a filter is at most ${DEPTH_MAX} levels deep`);
		const tree = read();
		this.depth--;
		return tree;
	}

	private condition(): FilterTree {
		const at = this.place();
		const token = this.tokens[this.next];
		if (!token || token.kind === "symbol" || (token.kind === "word" && JOINING.has(token.text.toLowerCase()))) {
			this.fail("expected a condition such as `model = gpt-4o`, or a text to look for");
		}
		this.conditions++;
		if (this.conditions > CONDITIONS_MAX) {
			throw syntaxError(this.text, at, `a filter has at most ${CONDITIONS_MAX} conditions`);
		}
		this.next++;
		if (token.kind === "quoted") return this.search(token);
		const name = this.fieldName(token);
		const operator = this.operator();
		if (operator === null) {
			if (name.keyed) this.fail("expected an operator such as `=` or `contains`");
			return this.search(token);
		}
		const field = findField(name.text);
		if (!field) {
			const hint = operator.isWord ? "; to look for these words, put them into quotes" : "";
			throw syntaxError(this.text, at, `${unknownField(name.text)}${hint}`);
		}
		if (!OPERATORS_OF[field.type].includes(operator.op)) {
			this.refuse(checkCondition(field.name, operator.op, undefined), at, operator.at, operator.at);
		}
		const valueAt = this.place();
		const value = operator.op === "exists" ? undefined : this.value(field, operator.op);
		const checked = this.refuse(checkCondition(field.name, operator.op, value), at, operator.at, valueAt);
		return operator.denied ? { not: checked } : checked;
	}

	private search(token: Token): Condition {
		return this.refuse(checkCondition("text", "contains", token.text), token.at, token.at, token.at);
	}

	/** The name that a word begins, with its key where one follows in brackets. */
	private fieldName(word: Token): { text: string; keyed: boolean } {
		const bracket = this.tokens[this.next];
		if (bracket?.text !== "[" || bracket.kind !== "symbol" || bracket.at !== word.end) {
			return { text: word.text, keyed: false };
		}
		const prefix = keyedName(word.text);
		if (prefix === null) {
			throw syntaxError(
				this.text,
				word.at,
				`\`${word.text}\` has no keys: attribute, metadata, resource and trace.metadata have`,
			);
		}
		this.next++;
		const key = this.tokens[this.next];
		if (key?.kind !== "quoted") this.fail("expected a key in quotes");
		this.next++;
		if (!this.takeSymbol("]")) this.fail("expected `]`");
		return { text: `${prefix}.${key.text}`, keyed: true };
	}

	private operator(): (SpelledOperator & { at: number }) | null {
		const at = this.place();
		const found = readOperator(this.tokens, this.next);
		if (found === null) return null;
		this.next += found.length;
		return { ...found, at };
	}

	private value(field: Field, op: Operator): Value {
		if (op !== "in" && op !== "not in") return this.one(field);
		const close = this.takeSymbol("(") ? ")" : this.takeSymbol("[") ? "]" : null;
		if (close === null) this.fail("expected a list such as (a, b)");
		const values = [this.one(field)];
		while (this.takeSymbol(",")) values.push(this.one(field));
		if (!this.takeSymbol(close)) this.fail(`expected \`,\` or \`${close}\``);
		return values as Value;
	}

	private one(field: Field): string | number | boolean {
		const token = this.tokens[this.next];
		if (!token || token.kind === "symbol") this.fail(`expected ${formOf(field)}`);
		const read = readValue(field, token);
		if (read === null) this.fail(`expected ${formOf(field)}`);
		this.next++;
		return read;
	}

	private refuse(checked: Condition | Fault, field: number, op: number, value: number): Condition {
		if (!isFault(checked)) return checked;
		throw syntaxError(this.text, { field, op, value }[checked.part], checked.message);
	}

	private takeWord(word: string): boolean {
		const taken = isWord(this.tokens[this.next], word);
		if (taken) this.next++;
		return taken;
	}

	private takeSymbol(symbol: string): boolean {
		const token = this.tokens[this.next];
		const taken = token?.kind === "symbol" && token.text === symbol;
		if (taken) this.next++;
		return taken;
	}

	private place(): number {
		return this.tokens[this.next]?.at ?? this.text.length;
	}

	private fail(message: string): never {
		const token = this.tokens[this.next];
		const found = token
			? `, found \`${this.text.slice(token.at, Math.min(token.end, token.at + 40))}\``
			: ", found the end";
		throw syntaxError(this.text, this.place(), `${message}${found}`);
	}
}

/** What a piece means to a field; null when it cannot. */
function readValue(field: Field, token: Token): string | number | boolean | null {
	if (field.type === "number") return token.kind === "word" ? parseQuantity(token.text, field.unit) : null;
	if (
		field.type === "boolean" ||
		(field.type === "value" && token.kind === "word" && /^(?:true|false)$/i.test(token.text))
	) {
		const word = token.kind === "word" ? token.text.toLowerCase() : "";
		return word === "true" ? true : word === "false" ? false : null;
	}
	if (field.type === "value" && token.kind === "word") return parseQuantity(token.text, undefined) ?? token.text;
	return token.text;
}

function formOf(field: Field): string {
	switch (field.type) {
		case "number":
			return quantityForm(field.unit);
		case "boolean":
			return "true or false";
		case "enum":
			return `one of ${field.values?.join(", ")}`;
		case "time":
			return MOMENT_FORM;
		default:
			return "a value";
	}
}
