import { type Sql, sql, string, strings, uint, uints } from "@/lib/clickhouse/sql";
import { anyCasePattern, isAscii, wordPattern } from "@/lib/filter/case-folding";
import type { Operator, Value } from "@/lib/filter/condition";
import type { FieldType, Known } from "@/lib/filter/field";
import { nanosAt } from "@/lib/filter/moment";
import { compileRegex } from "@/lib/filter/regex";

/** One comparison, said twice: what it asks of a known value in ClickHouse and in memory. */
export interface OperandTest {
	sql(value: Sql): Sql;
	holds(value: Known): boolean;
}

const NOWHERE: OperandTest = { sql: () => sql`0`, holds: () => false };

/** What an operator with its value asks of a field of that type. Operators that deny another (`!=`, `not in`) have none. */
export function operandTest(type: FieldType, op: Operator, value: Value | undefined, now: Date): OperandTest {
	switch (type) {
		case "number":
			return numberTest(op, value);
		case "time":
			return timeTest(op, typeof value === "string" ? nanosAt(value, now) : null);
		case "boolean":
			return { sql: (x) => (value === true ? x : sql`NOT ${x}`), holds: (x) => x === value };
		case "list":
			return anyItem(textTest(op === "has" ? "=" : op, value));
		case "value":
			if (typeof value === "boolean") return textTest(op, String(value));
			return typeof value === "number" || (Array.isArray(value) && typeof value[0] === "number")
				? ofNumeral(numberTest(op, value))
				: textTest(op, value);
		default:
			return textTest(op, value);
	}
}

function textTest(op: Operator, value: Value | undefined): OperandTest {
	if (op === "in") return Array.isArray(value) ? oneOfTexts(value as readonly string[]) : NOWHERE;
	if (typeof value !== "string") return NOWHERE;
	const parameter = string(value);
	switch (op) {
		case "=":
			return { sql: (x) => sql`${x} = ${parameter}`, holds: (x) => x === value };
		case "starts with":
			return { sql: (x) => sql`startsWith(${x}, ${parameter})`, holds: (x) => isText(x) && x.startsWith(value) };
		case "ends with":
			return { sql: (x) => sql`endsWith(${x}, ${parameter})`, holds: (x) => isText(x) && x.endsWith(value) };
		case "contains": {
			const found = patternTest(anyCasePattern(value));
			return isAscii(value) ? { ...found, sql: inAnyAsciiCase(value) } : found;
		}
		case "has word": {
			const found = patternTest(wordPattern(value));
			const first = inAnyAsciiCase(value);
			// Most texts do not hold it at all, which the plain search tells several times as fast.
			return isAscii(value) ? { ...found, sql: (x) => sql`(${first(x)} AND ${found.sql(x)})` } : found;
		}
		case "matches":
			return patternTest(value);
		default:
			return NOWHERE;
	}
}

function oneOfTexts(list: readonly string[]): OperandTest {
	const parameter = strings(list);
	return { sql: (x) => sql`has(${parameter}, ${x})`, holds: (x) => isText(x) && list.includes(x) };
}

// It folds the bytes of ASCII letters and nothing else.
function inAnyAsciiCase(value: string): (x: Sql) => Sql {
	const parameter = string(value);
	return (x) => sql`positionCaseInsensitive(${x}, ${parameter}) > 0`;
}

function patternTest(pattern: string): OperandTest {
	const regex = compileRegex(pattern);
	// ClickHouse guesses a text that must occur before it asks RE2, wrongly for `a*?`; a flag of case keeps it from guessing.
	const parameter = string(pattern.startsWith("(?i)") ? pattern : `(?-i)${pattern}`);
	return { sql: (x) => sql`match(${x}, ${parameter})`, holds: (x) => isText(x) && regex.test(x) };
}

/** Doubles enter by their bits: as text, ClickHouse might round them otherwise than we do. */
function numberTest(op: Operator, value: Value | undefined): OperandTest {
	if (op === "in") {
		const list = Array.isArray(value) ? (value as readonly number[]) : [];
		const parameter = uints(list.map(bitsOf));
		return {
			sql: (x) => sql`arrayExists(one -> reinterpretAsFloat64(one) = ${x}, ${parameter})`,
			holds: (x) => typeof x === "number" && list.includes(x),
		};
	}
	return typeof value === "number" ? ordered(op, value, sql`reinterpretAsFloat64(${uint(bitsOf(value))})`) : NOWHERE;
}

function timeTest(op: Operator, nanos: bigint | null): OperandTest {
	return nanos === null ? NOWHERE : ordered(op, nanos, sql`${uint(nanos)}`);
}

function ordered<Kind extends number | bigint>(op: Operator, value: Kind, right: Sql): OperandTest {
	const isKind = (x: Known): x is Kind => typeof x === typeof value;
	switch (op) {
		case "=":
			return { sql: (x) => sql`${x} = ${right}`, holds: (x) => x === value };
		case "<":
			return { sql: (x) => sql`${x} < ${right}`, holds: (x) => isKind(x) && x < value };
		case "<=":
			return { sql: (x) => sql`${x} <= ${right}`, holds: (x) => isKind(x) && x <= value };
		case ">":
			return { sql: (x) => sql`${x} > ${right}`, holds: (x) => isKind(x) && x > value };
		case ">=":
			return { sql: (x) => sql`${x} >= ${right}`, holds: (x) => isKind(x) && x >= value };
		default:
			return NOWHERE;
	}
}

// Numbers as JSON has them, so that ClickHouse's exact JSON parser reads those of a text as Number() does.
const INTEGER = "^-?(?:0|[1-9][0-9]{0,300})$";
const NUMERAL = "^-?(?:0|[1-9][0-9]{0,300})(?:[.][0-9]{1,300})?(?:[eE][+-]?[0-9]{1,3})?$";
const IS_NUMERAL = new RegExp(NUMERAL);

/** A text that is written as a number, compared as one; other texts never fit. */
function ofNumeral(test: OperandTest): OperandTest {
	const [integer, numeral] = [string(INTEGER), string(NUMERAL)];
	return {
		sql: (x) => {
			// Without a fraction, digits beyond 64 bits would not be read at all.
			const exact = sql`JSONExtract(concat(${x}, if(match(${x}, ${integer}), '.0', '')), 'Nullable(Float64)')`;
			return sql`(match(${x}, ${numeral}) AND ifNull(${test.sql(exact)}, 0))`;
		},
		holds: (x) => isText(x) && IS_NUMERAL.test(x) && Number.isFinite(Number(x)) && test.holds(Number(x)),
	};
}

function anyItem(test: OperandTest): OperandTest {
	return {
		sql: (x) => sql`arrayExists(item -> ${test.sql(sql`item`)}, ${x})`,
		holds: (x) => Array.isArray(x) && x.some((item: string) => test.holds(item)),
	};
}

function isText(value: Known): value is string {
	return typeof value === "string";
}

function bitsOf(value: number): bigint {
	const view = new DataView(new ArrayBuffer(8));
	view.setFloat64(0, value);
	return view.getBigUint64(0);
}
