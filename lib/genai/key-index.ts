import type { Dialect, Field, Reading } from "@/lib/genai/dialect";

/** A row as the index keeps it. */
export interface Claim {
	field: Field;
	place: number;
	reading: Reading;
}

/** What an attribute key could answer. */
export interface KeyMeaning {
	/** Rows that name the key itself. */
	claims: readonly Claim[];
	/** Of a numbered key, `head.index.rest`. */
	numbered: { head: string; index: number; rest: string } | null;
	/** Of a member of a map, `head` and `name`. */
	member: { head: string; name: string } | null;
	/** Place of the first dialect whose mark it is, in the order of dialects; infinite for none. */
	markedBy: number;
}

const NONE: readonly Claim[] = [];
const NEVER = /(?!)/;
/** Senders choose the keys: what is remembered of them must not grow with them. */
const REMEMBERED_MAX = 4096;

/** All rows of all dialects by key: one look-up tells what a key could answer. */
export class KeyIndex {
	readonly #byKey = new Map<string, Claim[]>();
	readonly #byNumberedHead = new Map<string, Claim[]>();
	readonly #byMapHead = new Map<string, Claim[]>();
	readonly #marks = new Map<string, number>();
	readonly #markHeads: (readonly [head: string, order: number])[] = [];
	/** head . index . rest; exact, so that `gen_ai.prompt.name` is no message. */
	readonly #numberedKey: RegExp;
	readonly #mapKey: RegExp;
	readonly #markedKey: RegExp;
	readonly #remembered = new Map<string, KeyMeaning>();

	constructor(dialects: readonly Dialect[]) {
		dialects.forEach((dialect, order) => {
			for (const mark of dialect.marks ?? []) {
				if (/[.:]$/.test(mark)) this.#markHeads.push([mark, order]);
				else if (!this.#marks.has(mark)) this.#marks.set(mark, order);
			}
			for (const [name, rows] of Object.entries(dialect.fields ?? {})) {
				const field = name as Field;
				for (const [place, key, reading = {}] of rows) {
					const index = reading.numbered ? this.#byNumberedHead : reading.map ? this.#byMapHead : this.#byKey;
					const claim: Claim = { field, place, reading };
					const claims = index.get(key);
					if (claims) claims.push(claim);
					else index.set(key, [claim]);
				}
			}
		});
		this.#numberedKey = union(this.#byNumberedHead.keys(), (heads) => `^(${heads})\\.(\\d{1,6})\\.(.+)$`);
		this.#mapKey = union(this.#byMapHead.keys(), (heads) => `^(${heads})(.+)$`);
		const heads = this.#markHeads.map(([head]) => head);
		this.#markedKey = union(heads, (alternatives) => `^(?:${alternatives})`);
	}

	/** Rows of a numbered head or of a map's head. */
	claimsOf(head: string, form: "numbered" | "map"): readonly Claim[] {
		return (form === "numbered" ? this.#byNumberedHead : this.#byMapHead).get(head) ?? NONE;
	}

	meaningOf(key: string): KeyMeaning {
		const known = this.#remembered.get(key);
		if (known) return known;
		const meaning = this.#read(key);
		if (this.#remembered.size < REMEMBERED_MAX) this.#remembered.set(key, meaning);
		return meaning;
	}

	#read(key: string): KeyMeaning {
		const [, head, index, rest] = this.#numberedKey.exec(key) ?? [];
		const [, map, name] = head === undefined ? (this.#mapKey.exec(key) ?? []) : [];
		return {
			claims: this.#byKey.get(key) ?? NONE,
			numbered: head !== undefined && rest !== undefined ? { head, index: Number(index), rest } : null,
			member: map !== undefined && name !== undefined ? { head: map, name } : null,
			markedBy: Math.min(this.#marks.get(key) ?? Number.POSITIVE_INFINITY, this.#markedByHead(key)),
		};
	}

	#markedByHead(key: string): number {
		if (!this.#markedKey.test(key)) return Number.POSITIVE_INFINITY;
		return Math.min(...this.#markHeads.filter(([head]) => key.startsWith(head)).map(([, order]) => order));
	}
}

// Longer heads first: alternatives are tried in order.
function union(heads: Iterable<string>, pattern: (heads: string) => string): RegExp {
	const sorted = [...heads].sort((a, b) => b.length - a.length);
	if (sorted.length === 0) return NEVER;
	return new RegExp(pattern(sorted.map((head) => head.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")), "s");
}
