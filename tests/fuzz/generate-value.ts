import type { AnyValue, KeyValue } from "@/lib/span/any-value";
import { type Dice, odds } from "@/tests/fuzz/dice";
import { KNOWN_KEYS } from "@/tests/fuzz/known-keys";

/** Begins every generated text: what holds it in an answer or a log quotes content. */
export const CANARY = "kanari7vogel";

const WORDS = "the weather in Paris is rainy while the model answers what a judge will read".split(" ");
const STRANGE_TEXTS = [
	...["", " ", "\t\n", "0", "-1", "1e999", "NaN", "null", "true", "1,234.5", "__proto__", "constructor", "\u0000"],
	...["a\u0000b", "\u202egnirts", "👩‍👩‍👧‍👦", "é\u0301\u0301\u0301", "\ufeffbom", "\uffff", "'; DROP TABLE spans; --"],
	...["{{input}}", "%s%n%x", "<script>alert(1)</script>", "data:image/png;base64,AAAA", "\\N", "\\u0000"],
];
const STRANGE_JSON = [
	...[
		'{"role":"user"',
		"[{]",
		"[[[[[[]]]]]]",
		'{"__proto__":{"polluted":true}}',
		'{"a":1,"a":2}',
		'"\\ud800"',
		"[null]",
	],
	...['[{"role":"user","content":null},7,"x",[]]', '{"messages":[{"role":{},"parts":[null,3,{"type":[]}]}]}', "1e400"],
	...['[{"role":"assistant","tool_calls":[{"function":{"arguments":"{\\"a\\":"}}]}]', '{"toString":null,"length":-1}'],
];
const INTS = ["0", "-1", "1", "812", "9007199254740993", "9223372036854775807", "-9223372036854775808", "1790000000"];
const DOUBLES = [0, 0.1, 2, 1e300, 5e-324, -1.7976931348623157e308, 0.000001, "NaN", "Infinity", "-Infinity"] as const;
const ODD_KEYS = [
	"",
	"__proto__",
	"constructor",
	"toString",
	"hasOwnProperty",
	"ключ 🔑",
	"a\u0000b",
	"input",
	"output",
];

const TEXTS = odds({ words: 6, strange: 2, messages: 2, brokenJson: 1, long: 0.1, deepJson: 0.1 });
const LEAF_WEIGHTS = { text: 8, bool: 1, int: 2, double: 1.5, bytes: 0.5, nothing: 0.5, trap: 0.7, list: 0, map: 0 };
const LEAVES = odds(LEAF_WEIGHTS);
const VALUES = odds({ ...LEAF_WEIGHTS, list: 1, map: 1 });
const DEPTH_MAX = 4;
/** A structure that String() and Number() fail on, as it is, in a list and as JSON text. */
const TRAP = ["toString", "valueOf", "toJSON"].map((key) => ({ key, value: {} }));
const TRAPS: readonly AnyValue[] = [
	{ kvlistValue: { values: TRAP } },
	{ arrayValue: { values: [{ kvlistValue: { values: TRAP } }] } },
	{ stringValue: '{"toString":null,"valueOf":1}' },
	{ stringValue: '[{"toString":null,"type":{"toString":null},"role":{"toString":1},"content":[{"toString":[]}]}]' },
];

/** Well-formed text: a few words, what breaks parsers, or JSON as senders put it into attributes. */
export function anyText(dice: Dice): string {
	switch (dice.draw(TEXTS)) {
		case "words":
			return `${CANARY} ${dice.pick(WORDS)} ${dice.pick(WORDS)} ${dice.below(1e6)}`;
		case "strange":
			return dice.pick(STRANGE_TEXTS);
		case "messages":
			return JSON.stringify([
				{ role: dice.pick(["user", "system", "tool", "?"]), content: `${CANARY} ${dice.pick(WORDS)}` },
				{ role: "assistant", parts: [{ type: dice.pick(["text", "tool_call", "blob"]), content: CANARY }] },
			]);
		case "brokenJson":
			return dice.pick(STRANGE_JSON);
		case "long":
			return `${CANARY} ${dice.pick(WORDS)} `.repeat(20 + dice.below(300));
		case "deepJson": {
			const depth = dice.pick([10, 300, 3000]);
			return `${"[".repeat(depth)}${"]".repeat(depth)}`;
		}
	}
}

/** A value of any kind, the edges of each kind more often than chance would have them. */
export function anyValueOf(dice: Dice, depth = 0): AnyValue {
	switch (dice.draw(depth < DEPTH_MAX ? VALUES : LEAVES)) {
		case "text":
			return { stringValue: anyText(dice) };
		case "bool":
			return { boolValue: dice.chance(0.5) };
		case "int":
			return { intValue: dice.pick(INTS) };
		case "double":
			return { doubleValue: dice.pick(DOUBLES) };
		case "bytes":
			return { bytesValue: Buffer.from(`${CANARY} ${dice.below(99)}`).toString("base64") };
		case "nothing":
			return {};
		case "trap":
			return structuredClone(dice.pick(TRAPS));
		case "list":
			return { arrayValue: { values: Array.from({ length: dice.below(4) }, () => anyValueOf(dice, depth + 1)) } };
		case "map":
			return { kvlistValue: { values: somePairs(dice, dice.below(4), depth + 1) } };
	}
}

/** Key-value pairs; keys are mostly those that dialects read. */
export function somePairs(dice: Dice, count: number, depth = 0): KeyValue[] {
	return Array.from({ length: count }, () => ({
		key: dice.chance(0.7) ? dice.pick(KNOWN_KEYS) : oddKey(dice),
		value: anyValueOf(dice, depth),
	}));
}

function oddKey(dice: Dice): string {
	return dice.chance(0.5) ? dice.pick(ODD_KEYS) : `app.${dice.pick(WORDS)}.${dice.below(50)}`;
}
