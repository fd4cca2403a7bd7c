import { seededRandom } from "@/tests/support/seeded-random";

// Text with about the entropy of English: a vocabulary of some thousand words drawn by Zipf's law, the commonest ones real,
// the others made of syllables, in sentences with punctuation, names and numbers. BENCHMARKS.md says how well it packs.

const COMMON =
	"the of and to a in is you that it for on was with as are be this have from or by not but at we can your an all which will their if has more our one they do about when what so no there out up into than them only some could these time may then other its over new after also use two how first well way even want because any give day most us please order would customer account team data report next order please".split(
		" ",
	);
const ONSETS = "b br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sc sh sl sp st str t th tr v w".split(
	" ",
);
const NUCLEI = "a e i o u ai ea ee io ou".split(" ");
const CODAS = ["", "", "", "l", "m", "n", "nd", "nt", "p", "r", "rd", "s", "ss", "st", "t", "ck", "ct", "ng"];
const ENDINGS = ["", "", "", "e", "ed", "er", "es", "ing", "ion", "ly", "ment", "s", "able", "al", "ive"];
const VOCABULARY = 6000;
const NAMES = 400;
/** Mandelbrot's shift: the commonest words of English are less common than 1/rank says. */
const SHIFT = 2.7;
const SLOTS = 1 << 16;

const VOCABULARY_SEED = 20_240_901;
const { words, names, slots } = buildVocabulary();

export interface Prose {
	/** Sentences of about `bytes` bytes together, never fewer than one. */
	text(bytes: number): string;
	name(): string;
	integer(below: number): number;
	pick<Item>(items: readonly Item[]): Item;
	/** Digits of a base, such as hex or the letters of a response id. */
	token(length: number, alphabet?: string): string;
	/** True with that probability. */
	chance(probability: number): boolean;
}

const HEX = "0123456789abcdef";

/** A writer whose every answer follows from the seed. */
export function createProse(seed: number): Prose {
	const random = seededRandom(seed);
	const integer = (below: number) => Math.floor(random() * below);
	const pick = <Item>(items: readonly Item[]): Item => items[integer(items.length)] as Item;
	const chance = (probability: number) => random() < probability;

	function word(): string {
		return words[slots[integer(SLOTS)] ?? 0] ?? "";
	}

	function rarity(): string {
		if (chance(0.55)) return pick(names);
		if (chance(0.5)) return String(integer(10 ** (1 + integer(4))));
		return `${pick(["A-", "#", "$", "v1.", "INC-"])}${integer(100_000)}`;
	}

	function sentence(): string {
		const first = word();
		let line = (first[0] ?? "").toUpperCase() + first.slice(1);
		for (let left = 5 + integer(14); left > 0; left--) {
			const draw = random();
			if (draw < 0.055) line += ",";
			line += draw > 0.965 ? ` ${rarity()}` : ` ${word()}`;
		}
		return line + (chance(0.12) ? "?" : ".");
	}

	return {
		text(bytes) {
			let text = sentence();
			while (text.length < bytes - 40) text += (chance(0.1) ? "\n\n" : " ") + sentence();
			return text;
		},
		name: () => pick(names),
		integer,
		pick,
		token(length, alphabet = HEX) {
			let token = "";
			while (token.length < length) token += alphabet[integer(alphabet.length)];
			return token;
		},
		chance,
	};
}

function buildVocabulary(): { words: string[]; names: string[]; slots: Uint16Array } {
	const random = seededRandom(VOCABULARY_SEED);
	const pick = (items: readonly string[]) => items[Math.floor(random() * items.length)] ?? "";
	const syllables = (count: number) =>
		Array.from({ length: count }, () => pick(ONSETS) + pick(NUCLEI) + pick(CODAS)).join("");
	const known = new Set(COMMON);
	while (known.size < VOCABULARY)
		known.add(syllables(1 + Math.floor(random() * 2 + known.size / VOCABULARY)) + pick(ENDINGS));
	const people = new Set<string>();
	while (people.size < NAMES) {
		const name = syllables(2);
		people.add((name[0] ?? "").toUpperCase() + name.slice(1));
	}
	const list = [...known];
	const weights = list.map((_, rank) => 1 / (rank + 1 + SHIFT));
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	// Drawing is one look-up: every word holds as many of the slots as its frequency says, the rarest ones chance to.
	const table = new Uint16Array(SLOTS);
	let reached = 0;
	let rank = 0;
	for (let slot = 0; slot < SLOTS; slot++) {
		while (rank < list.length - 1 && reached + (weights[rank] ?? 0) < ((slot + 0.5) / SLOTS) * total) {
			reached += weights[rank] ?? 0;
			rank++;
		}
		table[slot] = rank;
	}
	return { words: list, names: [...people], slots: table };
}
