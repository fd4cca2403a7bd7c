import { seededRandom } from "@/tests/support/seeded-random";

/** Choices that depend on a seed and an index only, so that any single case can be made again. */
export interface Dice {
	/** From 0 (included) to 1. */
	number(): number;
	/** A whole number from 0 to `limit - 1`. */
	below(limit: number): number;
	chance(probability: number): boolean;
	pick<Item>(items: readonly Item[]): Item;
	/** One of the alternatives, each as often as its weight says. */
	draw<Name extends string>(odds: Odds<Name>): Name;
	/** Lower-case hex of `bytes` bytes, never all zeros. */
	hex(bytes: number): string;
}

/** Alternatives with the upper bound of each one's share. */
export interface Odds<Name extends string> {
	names: readonly Name[];
	bounds: readonly number[];
}

/** Odds by weight; made once, drawn from often. */
export function odds<Name extends string>(weights: Readonly<Record<Name, number>>): Odds<Name> {
	let sum = 0;
	const bounds = Object.values<number>(weights).map((weight) => {
		sum += weight;
		return sum;
	});
	return { names: Object.keys(weights) as Name[], bounds };
}

export function throwDice(seed: number, index: number): Dice {
	// Neighbouring indices must not give neighbouring states: mulberry32 walks by adding a constant.
	const number = seededRandom(Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
	const below = (limit: number) => Math.floor(number() * limit);
	return {
		number,
		below,
		chance: (probability) => number() < probability,
		pick<Item>(items: readonly Item[]): Item {
			if (items.length === 0) throw new Error("nothing to pick from");
			return items[below(items.length)] as Item;
		},
		draw<Name extends string>({ names, bounds }: Odds<Name>): Name {
			const drawn = number() * (bounds.at(-1) ?? 0);
			return names[bounds.findIndex((bound) => drawn < bound)] as Name;
		},
		hex(bytes) {
			let text = "";
			while (text.length < bytes * 2) text += (below(0xffff_ffff) + 1).toString(16).padStart(8, "0");
			return text.slice(0, bytes * 2);
		},
	};
}
