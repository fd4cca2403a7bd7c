import { type Dice, odds } from "@/tests/fuzz/dice";
import { CANARY } from "@/tests/fuzz/generate-value";

type Container = Record<string, unknown> | unknown[];

const OPEN = "\u0001raw";
const DEEP = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
const DEEP_OBJECT = `${'{"arrayValue":{"values":['.repeat(700)}{}${"]}}".repeat(700)}`;

/** Text that no serializer would write where a value belongs. */
const RAW_VALUES = [
	...[
		"123456789012345678901234567890",
		"-0",
		"1e999",
		"1E+5",
		"0.1e-400",
		"-9223372036854775809",
		"18446744073709551616",
	],
	...['"\\ud800"', '"\\udc00\\ud800"', '"\\u0000"', '"\\u202e"', '"\\/"', '{"__proto__":{"polluted":true}}'],
	...['{"constructor":{"prototype":{}}}', '{"toString":null,"valueOf":null}', '{"length":4294967295}', "[,]", "{,}"],
	...[
		"NaN",
		"undefined",
		"01",
		"+1",
		"'x'",
		"0x10",
		"/**/1",
		"tru",
		'"\\x"',
		'"\t"',
		`"${CANARY}`,
		"\u0000",
		"\ufeff{}",
	],
	...['1,"traceId":"x"', '[],"spans":7', '"","attributes":{}', `${CANARY}`, "}", "]", DEEP, DEEP_OBJECT],
];
const VALUES: readonly unknown[] = [
	...[null, true, false, 0, -1, 1.5, 1e300, "", " ", CANARY, "x".repeat(5000), [], {}, [null], [[]], [{}], { "": {} }],
	...[{ stringValue: CANARY }, { intValue: {} }, { values: {} }, { key: [], value: [] }, ["a", 1, null]],
];
const CHANGES = odds({ drop: 3, double: 2, reorder: 1, value: 4, raw: 3, rename: 2, wrap: 1, swap: 1 });
const KEYS = [
	"__proto__",
	"constructor",
	"toString",
	"",
	"resourceSpans",
	"spans",
	"traceId",
	"\u0000",
	"TRACEID",
	"0",
];

/** The request as JSON text with a few nodes dropped, doubled, moved, renamed or replaced, also by text that is no JSON. */
export function mutateJson(dice: Dice, request: object): Buffer {
	const root = request as Container;
	const raw: string[] = [];
	const changes = 1 + dice.below(3);
	for (let change = 0; change < changes; change++) changeOne(dice, root, raw);
	const text = JSON.stringify(root) ?? "";
	return Buffer.from(text.replace(RAW, (_, index: string) => raw[Number(index)] ?? ""));
}

// As JSON.stringify writes the placeholder: quoted, its control character escaped.
const RAW = /"\\u0001raw(\d+)"/g;

function changeOne(dice: Dice, root: Container, raw: string[]): void {
	const container = dice.pick(containers(root));
	const keys = Object.keys(container);
	if (keys.length === 0) return;
	const key = dice.pick(keys);
	const slots = container as Record<string, unknown>;
	switch (dice.draw(CHANGES)) {
		case "drop":
			if (Array.isArray(container)) container.splice(Number(key), 1);
			else delete slots[key];
			return;
		case "double":
			if (Array.isArray(container)) container.push(slots[key], slots[key]);
			else slots[`${key}2`] = slots[key];
			return;
		case "reorder":
			if (Array.isArray(container)) container.reverse();
			else {
				const value = slots[key];
				delete slots[key];
				slots[key] = value;
			}
			return;
		case "value":
			slots[key] = structuredClone(dice.pick(VALUES));
			return;
		case "raw":
			slots[key] = `${OPEN}${raw.push(dice.pick(RAW_VALUES)) - 1}`;
			return;
		case "rename": {
			const value = slots[key];
			const other = dice.chance(0.5) ? dice.pick(KEYS) : key.replace(/[A-Z]/g, (upper) => `_${upper.toLowerCase()}`);
			if (Array.isArray(container)) return;
			delete slots[key];
			// Assignment would set the prototype instead of an own key.
			Object.defineProperty(slots, other, { value, enumerable: true, configurable: true, writable: true });
			return;
		}
		case "wrap":
			slots[key] = dice.chance(0.5) ? [slots[key]] : { [key]: slots[key] };
			return;
		case "swap": {
			const other = dice.pick(containers(root)) as Record<string, unknown>;
			const names = Object.keys(other);
			// What is moved is copied: a node inside itself could not be written down.
			if (names.length > 0) other[dice.pick(names)] = structuredClone(slots[key]);
			return;
		}
	}
}

function containers(root: Container): Container[] {
	const found: Container[] = [root];
	for (const container of found) {
		for (const value of Object.values(container)) {
			if (typeof value === "object" && value !== null) found.push(value as Container);
		}
	}
	return found;
}
