import type { Field } from "@/lib/filter/field";

const QUANTITY = /^(\$)?(-?\d+(?:\.\d+)?)(?:[eE]([+-]?\d{1,3}))?([a-zA-Z]*)$/;

// Powers of ten keep 0.07s what it says; minutes and hours are multiplied.
const OF_TIME: Readonly<Record<string, readonly [exponent: number, factor: number]>> = {
	"": [0, 1],
	us: [-3, 1],
	ms: [0, 1],
	s: [3, 1],
	m: [3, 60],
	min: [3, 60],
	h: [3, 3600],
};
const OF_COUNT: typeof OF_TIME = { "": [0, 1], k: [3, 1], K: [3, 1], M: [6, 1], G: [9, 1] };
const OF_MONEY: typeof OF_TIME = { "": [0, 1] };

/** A number as people write it: `250ms`, `2s`, `1m` (milliseconds), `$0.01` (US dollars), `10k`; null when it is none. */
export function parseQuantity(text: string, unit: Field["unit"]): number | null {
	const [, dollar, digits, exponent = "0", suffix = ""] = QUANTITY.exec(text) ?? [];
	if (digits === undefined || (dollar !== undefined && unit !== "usd")) return null;
	const suffixes = unit === "ms" ? OF_TIME : unit === "usd" ? OF_MONEY : OF_COUNT;
	const scale = Object.hasOwn(suffixes, suffix) ? suffixes[suffix] : undefined;
	if (!scale) return null;
	const value = Number(`${digits}e${Number(exponent) + scale[0]}`) * scale[1];
	return Number.isFinite(value) ? value : null;
}

/** As `parseQuantity` reads it. */
export function printQuantity(value: number, unit: Field["unit"]): string {
	return unit === "ms" ? `${value}ms` : unit === "usd" ? `$${value}` : String(value);
}

/** What a quantity may look like, for messages. */
export function quantityForm(unit: Field["unit"]): string {
	if (unit === "ms") return "a duration such as 250ms, 2s or 1m";
	return unit === "usd" ? "an amount such as 0.01 or $0.01" : "a number such as 5 or 10k";
}
