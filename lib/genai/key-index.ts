import type { Dialect, Field, Reading } from "@/lib/genai/dialect";

/** A row as the index keeps it. */
export interface Claim {
	field: Field;
	place: number;
	reading: Reading;
}

/** All rows of all dialects by key: one look-up tells what a key could answer. */
export interface KeyIndex {
	byKey: ReadonlyMap<string, readonly Claim[]>;
	byNumberedHead: ReadonlyMap<string, readonly Claim[]>;
	byMapHead: ReadonlyMap<string, readonly Claim[]>;
	/** head . index . rest; exact, so that `gen_ai.prompt.name` is no message. */
	numberedKey: RegExp;
	/** head, name. */
	mapKey: RegExp;
}

const NEVER = /(?!)/;

export function buildKeyIndex(dialects: readonly Dialect[]): KeyIndex {
	const byKey = new Map<string, Claim[]>();
	const byNumberedHead = new Map<string, Claim[]>();
	const byMapHead = new Map<string, Claim[]>();
	for (const dialect of dialects) {
		for (const [field, rows] of Object.entries(dialect.fields ?? {})) {
			for (const [place, key, reading = {}] of rows) {
				const index = reading.numbered ? byNumberedHead : reading.map ? byMapHead : byKey;
				const claim: Claim = { field: field as Field, place, reading };
				const claims = index.get(key);
				if (claims) claims.push(claim);
				else index.set(key, [claim]);
			}
		}
	}
	return {
		byKey,
		byNumberedHead,
		byMapHead,
		numberedKey: union(byNumberedHead.keys(), (heads) => `^(${heads})\\.(\\d{1,6})\\.(.+)$`),
		mapKey: union(byMapHead.keys(), (heads) => `^(${heads})(.+)$`),
	};
}

// Longer heads first: alternatives are tried in order.
function union(heads: Iterable<string>, pattern: (heads: string) => string): RegExp {
	const sorted = [...heads].sort((a, b) => b.length - a.length);
	if (sorted.length === 0) return NEVER;
	return new RegExp(pattern(sorted.map((head) => head.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")), "s");
}
