import type { Evidence, Field, Found, Numbered, Reading } from "@/lib/genai/dialect";
import type { Claim, KeyIndex } from "@/lib/genai/key-index";
import { isMeaningful, isRedacted } from "@/lib/genai/meaningful";
import { looksLikeJson, parseLoose } from "@/lib/genai/messages/json-value";
import { type AnyValue, type Attributes, anyValuePlain } from "@/lib/span/any-value";
import type { LogRecord } from "@/lib/span/log-record";
import type { ReportedSpan, Resource } from "@/lib/span/span";

/** A value that a field could take, and who says so. */
interface Candidate {
	claim: Claim;
	/** Null when the claim is on numbered keys or a map. */
	value: AnyValue | null;
	key: string;
	from: string;
}

const NONE: readonly Candidate[] = [];
const byPlace = (a: Candidate, b: Candidate) => a.claim.place - b.claim.place;
const anyPlace = () => true;
const asItIs = (value: unknown) => value;

/** Numbered messages beyond this are not read. */
const INDEX_MAX = 10_000;

/** Content that the newest conventions put into one event or log record instead of attributes. */
const DETAILS = "gen_ai.client.inference.operation.details";
/** Log records whose attributes speak of the call as the span's own would. Claude Code reports its cost there. */
const DETAIL_LOGS = new Set([DETAILS, "claude_code.api_request", "api_request"]);

/**
 * Everything a span says, sorted by the field it could answer in one pass over its keys. What each field then takes is the
 * first candidate with a meaningful value.
 */
export class SpanEvidence implements Evidence {
	convention = "other";
	markedBy = Number.POSITIVE_INFINITY;
	readonly logs: readonly LogRecord[];
	/** By the field's number. Most spans give few fields: what holds the rest is made when it is needed. */
	readonly #candidates: (Candidate[] | undefined)[];
	#numbered: Map<string, Numbered> | null = null;
	#maps: Map<string, Map<string, AnyValue>> | null = null;
	#parsed: Map<AnyValue, unknown> | null = null;
	/** Attributes that came in events or log records, by key. */
	#details: Map<string, Found<AnyValue>> | null = null;

	constructor(
		readonly span: ReportedSpan,
		logs: readonly LogRecord[],
		readonly index: KeyIndex,
	) {
		this.logs = logs;
		this.#candidates = new Array(index.fieldCount).fill(undefined);
		for (const [key, value] of span.attributes) this.#sort(key, value, key);
		const marked = this.markedBy;
		for (const [key, value] of claimedOf(span.resource, index)) {
			if (!span.attributes.has(key)) this.#sort(key, value, key);
		}
		// A resource is not the instrumentation's word.
		this.markedBy = marked;
		this.#sortDetails();
		for (const list of this.#candidates) if (list && list.length > 1) list.sort(byPlace);
	}

	plain(key: string): unknown {
		const value = this.#value(key);
		if (value === undefined) return undefined;
		const plain = plainOf(value);
		return isMeaningful(plain) ? plain : undefined;
	}

	text(key: string): string | undefined {
		const plain = this.plain(key);
		return typeof plain === "object" || plain === undefined ? undefined : String(plain);
	}

	json(key: string): unknown {
		const value = this.#value(key);
		return value === undefined || !isMeaningful(plainOf(value)) ? undefined : this.#json(value);
	}

	has(key: string): boolean {
		return this.span.attributes.has(key);
	}

	hasHead(head: string): boolean {
		for (const key of this.span.attributes.keys()) if (key.startsWith(head)) return true;
		return false;
	}

	numbered(head: string): Numbered | undefined {
		return this.#numbered?.get(head);
	}

	mentions(field: Field): boolean {
		return this.#of(field).length > 0;
	}

	hides(field: Field): boolean {
		return this.#of(field).some(({ value }) => value !== null && isRedacted(plainOf(value)));
	}

	first(field: Field): Found<unknown> | null {
		return this.firstOf(field, asItIs);
	}

	firstOf<T>(
		field: Field,
		translate: (value: unknown, key: string) => T | null | undefined,
		accepts: (place: number) => boolean = anyPlace,
	): Found<T> | null {
		for (const { claim, value, key, from } of this.#of(field)) {
			if (!accepts(claim.place)) continue;
			const read = this.#read(claim.reading, value, key);
			if (read === undefined || read === null || !isMeaningful(read)) continue;
			const translated = translate(read, key);
			if (translated !== null && translated !== undefined) return { value: translated, from };
		}
		return null;
	}

	all(field: Field): Found<unknown>[] {
		return this.#of(field).flatMap(({ claim, value, key, from }) => {
			const read = this.#read(claim.reading, value, key);
			return isMeaningful(read) ? [{ value: read, from }] : [];
		});
	}

	firstRaw(field: Field): Found<string> | null {
		for (const { claim, value, from } of this.#of(field)) {
			if (value === null || (claim.reading.when && !claim.reading.when(this))) continue;
			const plain = plainOf(value);
			if (!isMeaningful(plain)) continue;
			return { value: typeof plain === "object" ? JSON.stringify(plain) : String(plain), from };
		}
		return null;
	}

	#value(key: string): AnyValue | undefined {
		return this.span.attributes.get(key) ?? this.span.resource.attributes.get(key) ?? this.#details?.get(key)?.value;
	}

	#json(value: AnyValue): unknown {
		if (!("stringValue" in value)) return anyValuePlain(value);
		const known = this.#parsed?.get(value);
		if (known !== undefined) return known;
		const { value: parsed } = parseLoose(value.stringValue);
		// What does not parse is remembered too: cut JSON is long, and every row with a path asks for it.
		if (looksLikeJson(value.stringValue)) {
			this.#parsed ??= new Map();
			this.#parsed.set(value, parsed);
		}
		return parsed;
	}

	#read(reading: Reading, value: AnyValue | null, key: string): unknown {
		if (reading.when && !reading.when(this)) return undefined;
		if (reading.numbered) return this.#numbered?.get(key);
		if (reading.map) {
			const map = this.#maps?.get(key);
			return map && Object.fromEntries([...map].map(([name, item]) => [name, plainOf(item)]));
		}
		if (value === null) return undefined;
		if (reading.path) {
			const member = memberAt(this.#json(value), reading.path);
			return reading.read && isMeaningful(member) ? reading.read(member, this) : member;
		}
		const plain = plainOf(value);
		if (!isMeaningful(plain)) return undefined;
		return reading.read ? reading.read(plain, this) : this.#json(value);
	}

	#sort(key: string, value: AnyValue, from: string): void {
		const { claims, numbered, member, markedBy } = this.index.meaningOf(key);
		if (claims.length > 0) this.#add(claims, value, key, from);
		if (numbered) this.#addNumbered(numbered.head, numbered.index, numbered.rest, value);
		else if (member) this.#addMapped(member.head, member.name, value);
		if (markedBy < this.markedBy && from === key) this.markedBy = markedBy;
	}

	#addNumbered(head: string, index: number, rest: string, value: AnyValue): void {
		if (index > INDEX_MAX) return;
		this.#numbered ??= new Map();
		let family = this.#numbered.get(head);
		if (!family) {
			family = new Map();
			this.#numbered.set(head, family);
			this.#add(this.index.claimsOf(head, "numbered"), null, head, head);
		}
		const entry = family.get(index);
		if (entry) entry.set(rest, plainOf(value));
		else family.set(index, new Map([[rest, plainOf(value)]]));
	}

	#addMapped(head: string, name: string, value: AnyValue): void {
		this.#maps ??= new Map();
		const map = this.#maps.get(head);
		if (map) map.set(name, value);
		else {
			this.#maps.set(head, new Map([[name, value]]));
			this.#add(this.index.claimsOf(head, "map"), null, head, `${head}*`);
		}
	}

	#add(claims: readonly Claim[], value: AnyValue | null, key: string, from: string): void {
		for (const claim of claims) {
			const candidate = { claim, value, key, from };
			const list = this.#candidates[claim.slot];
			if (list) list.push(candidate);
			else this.#candidates[claim.slot] = [candidate];
		}
	}

	#of(field: Field): readonly Candidate[] {
		const slot = this.index.slotOf(field);
		return (slot === undefined ? undefined : this.#candidates[slot]) ?? NONE;
	}

	// All events of that name before any is read: some senders write one for the input and another for the output.
	#sortDetails(): void {
		for (const event of this.span.events) {
			if (event.name === DETAILS) this.#addDetails(event.attributes, `event:${DETAILS}`);
		}
		for (const log of this.logs) {
			if (!DETAIL_LOGS.has(log.eventName)) continue;
			this.#addDetails(log.attributes, `log:${log.eventName}`);
			if ("kvlistValue" in log.body) {
				this.#addDetails(
					new Map(log.body.kvlistValue.values.map(({ key, value }) => [key, value])),
					`log:${log.eventName}`,
				);
			}
		}
		if (!this.#details) return;
		for (const [key, { value, from }] of this.#details) this.#sort(key, value, from);
	}

	#addDetails(attributes: Attributes, from: string): void {
		for (const [key, value] of attributes) {
			const own = this.span.attributes.get(key);
			if (own !== undefined && isMeaningful(plainOf(own))) continue;
			this.#details ??= new Map();
			if (!this.#details.has(key) && isMeaningful(plainOf(value))) this.#details.set(key, { value, from });
		}
	}
}

function plainOf(value: AnyValue): unknown {
	return "stringValue" in value ? value.stringValue : anyValuePlain(value);
}

/** A member of a plain JSON value; undefined when there is none. */
export function memberAt(value: unknown, path: readonly (string | number)[]): unknown {
	let at: unknown = value;
	for (const [depth, step] of path.entries()) {
		// The value itself comes parsed; members may be JSON in JSON.
		if (typeof at === "string" && depth > 0) at = parseLoose(at).value;
		if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined;
		at = (at as Record<string | number, unknown>)[step];
	}
	return at;
}

// A resource is shared by all spans of a batch: its keys are looked up once.
const claimed = new WeakMap<Resource, readonly (readonly [string, AnyValue])[]>();

function claimedOf(resource: Resource, index: KeyIndex): readonly (readonly [string, AnyValue])[] {
	let found = claimed.get(resource);
	if (!found) {
		found = [...resource.attributes].filter(([key]) => {
			const { claims, numbered, member } = index.meaningOf(key);
			return claims.length > 0 || numbered !== null || member !== null;
		});
		claimed.set(resource, found);
	}
	return found;
}
