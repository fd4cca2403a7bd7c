import type { Field } from "@/lib/genai/dialect";
import type { Claim, KeyIndex } from "@/lib/genai/key-index";

/** Where a field may find its value. */
export interface Candidate {
	claim: Claim;
	/** Place of the value among those the span brings; null when the claim is on numbered keys or a map. */
	at: number | null;
	/** The key, or the head of numbered keys or of a map. */
	key: string;
	/** Who says so, as provenance names it. */
	from: string;
}

/** A key of a family and the place of its value. */
export interface Member {
	/** Of numbered keys; 0 in a map. */
	index: number;
	/** What follows the head. */
	rest: string;
	at: number;
}

/** What the keys of a span mean together, before any value is read. */
export interface ShapeMeaning {
	/** Candidates by field, in the order in which they are asked. Fields that no key could give are absent. */
	candidates: ReadonlyMap<Field, readonly Candidate[]>;
	/** Keys of each numbered head, and of each map's head. */
	numbered: ReadonlyMap<string, readonly Member[]>;
	maps: ReadonlyMap<string, readonly Member[]>;
	/** Place of the first dialect whose mark one of the span's own keys is; infinite for none. */
	markedBy: number;
}

/** Numbered messages beyond this are not read. */
const INDEX_MAX = 10_000;
/** Senders choose the keys: what is remembered of them must not grow with them. */
const REMEMBERED_MAX = 65_536;
const KEY_CHARS_MAX = 200;
const KEYS_MAX = 200;

const byPlace = (a: Candidate, b: Candidate) => a.claim.place - b.claim.place;

/**
 * The keys of spans as paths from one root. An instrumentation writes the same few keys in the same order again and
 * again: who walks a path that was walked before finds there what its keys mean. Full, it begins anew.
 */
export class ShapeTree {
	#root: Shape;
	#size = 0;

	constructor(readonly index: KeyIndex) {
		this.#root = new Shape(this, null, "", "", false);
	}

	/** The shape of a span without keys. */
	get root(): Shape {
		return this.#root;
	}

	/** Notes that so many more keys are remembered. */
	grew(keys: number): void {
		this.#size += keys;
		if (this.#size <= REMEMBERED_MAX) return;
		this.#size = 0;
		this.#root = new Shape(this, null, "", "", false);
	}
}

/** The keys that a span brings, in their order. */
export class Shape {
	readonly #keys: number;
	/** Whether others may find it again. */
	#remembered: boolean;
	#own: Map<string, Shape> | null = null;
	#shared: Map<string, Shape> | null = null;
	/** The key that came next last time, so that most steps need no look-up. */
	#last: Shape | null = null;
	#meaning: ShapeMeaning | null = null;

	constructor(
		readonly tree: ShapeTree,
		readonly parent: Shape | null,
		readonly key: string,
		readonly from: string,
		readonly isOwn: boolean,
	) {
		this.#keys = parent ? parent.#keys + 1 : 0;
		this.#remembered = parent === null;
	}

	/** With one more key of the span itself. */
	with(key: string): Shape {
		const last = this.#last;
		if (last !== null && last.key === key) return last;
		const next = this.#own?.get(key) ?? this.#grow(key, true);
		if (next.#remembered) this.#last = next;
		return next;
	}

	/** With one more key of the resource. */
	withShared(key: string): Shape {
		return this.#shared?.get(key) ?? this.#grow(key, false);
	}

	/** With one more key of an event or a log record, `from` being its name. Not remembered. */
	withDetail(key: string, from: string): Shape {
		return new Shape(this.tree, this, key, from, false);
	}

	/** What the keys mean together. */
	get meaning(): ShapeMeaning {
		if (this.#meaning === null) {
			this.#meaning = meaningOf(this);
			if (this.#remembered) this.tree.grew(this.#keys);
		}
		return this.#meaning;
	}

	#grow(key: string, isOwn: boolean): Shape {
		const next = new Shape(this.tree, this, key, key, isOwn);
		next.#remembered = this.#remembered && key.length <= KEY_CHARS_MAX && next.#keys <= KEYS_MAX;
		if (!next.#remembered) return next;
		if (isOwn) {
			this.#own ??= new Map();
			this.#own.set(key, next);
		} else {
			this.#shared ??= new Map();
			this.#shared.set(key, next);
		}
		this.tree.grew(1);
		return next;
	}
}

function meaningOf(shape: Shape): ShapeMeaning {
	const { index } = shape.tree;
	const candidates = new Map<Field, Candidate[]>();
	const numbered = new Map<string, Member[]>();
	const maps = new Map<string, Member[]>();
	let markedBy = Number.POSITIVE_INFINITY;

	function add(claims: readonly Claim[], at: number | null, key: string, from: string): void {
		for (const claim of claims) {
			const list = candidates.get(claim.field);
			if (list) list.push({ claim, at, key, from });
			else candidates.set(claim.field, [{ claim, at, key, from }]);
		}
	}

	for (const [at, { key, from, isOwn }] of pathTo(shape).entries()) {
		const meaning = index.meaningOf(key);
		add(meaning.claims, at, key, from);
		if (meaning.numbered) {
			const { head, index: number, rest } = meaning.numbered;
			if (number <= INDEX_MAX) {
				if (!numbered.has(head)) add(index.claimsOf(head, "numbered"), null, head, head);
				enter(numbered, head, { index: number, rest, at });
			}
		} else if (meaning.member) {
			const { head, name } = meaning.member;
			if (!maps.has(head)) add(index.claimsOf(head, "map"), null, head, `${head}*`);
			enter(maps, head, { index: 0, rest: name, at });
		}
		if (isOwn && meaning.markedBy < markedBy) markedBy = meaning.markedBy;
	}
	for (const list of candidates.values()) list.sort(byPlace);
	return { candidates, numbered, maps, markedBy };
}

function pathTo(shape: Shape): Shape[] {
	const path: Shape[] = [];
	for (let at: Shape | null = shape; at?.parent; at = at.parent) path.push(at);
	return path.reverse();
}

function enter(families: Map<string, Member[]>, head: string, member: Member): void {
	const family = families.get(head);
	if (family) family.push(member);
	else families.set(head, [member]);
}
