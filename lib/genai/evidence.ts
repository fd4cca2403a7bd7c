import type { Evidence, Field, Found, Numbered, Reading } from "@/lib/genai/dialect";
import type { KeyIndex } from "@/lib/genai/key-index";
import type { Candidate, ShapeMeaning, ShapeTree } from "@/lib/genai/key-shape";
import { isMeaningful, isRedacted } from "@/lib/genai/meaningful";
import { looksLikeJson, parseLoose } from "@/lib/genai/messages/json-value";
import { type AnyValue, type Attributes, anyValuePlain } from "@/lib/span/any-value";
import type { LogRecord } from "@/lib/span/log-record";
import type { ReportedSpan, Resource } from "@/lib/span/span";

const NONE: readonly Candidate[] = [];
const asItIs = (value: unknown) => value;

/** Content that the newest conventions put into one event or log record instead of attributes. */
const DETAILS = "gen_ai.client.inference.operation.details";
/** Log records whose attributes speak of the call as the span's own would. Claude Code reports its cost there. */
const DETAIL_LOGS = new Set([DETAILS, "claude_code.api_request", "api_request"]);

/**
 * Everything a span says, by the field it could answer: its values in the order of its keys, and what the keys mean.
 * What each field then takes is the first candidate with a meaningful value.
 */
export class SpanEvidence implements Evidence {
	convention = "other";
	readonly #meaning: ShapeMeaning;
	/** In the order of the shape's keys. */
	readonly #values: AnyValue[] = [];
	#numbered: Map<string, Numbered> | null = null;
	#parsed: Map<AnyValue, unknown> | null = null;
	/** Attributes that came in events or log records, by key. */
	#details: Map<string, Found<AnyValue>> | null = null;

	constructor(
		readonly span: ReportedSpan,
		readonly logs: readonly LogRecord[],
		shapes: ShapeTree,
	) {
		let shape = shapes.root;
		for (const [key, value] of span.attributes) {
			shape = shape.with(key);
			this.#values.push(value);
		}
		for (const [key, value] of claimedOf(span.resource, shapes.index)) {
			if (span.attributes.has(key)) continue;
			shape = shape.withShared(key);
			this.#values.push(value);
		}
		this.#findDetails();
		if (this.#details) {
			for (const [key, { value, from }] of this.#details) {
				shape = shape.withDetail(key, from);
				this.#values.push(value);
			}
		}
		this.#meaning = shape.meaning;
	}

	get markedBy(): number {
		return this.#meaning.markedBy;
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
		const members = this.#meaning.numbered.get(head);
		if (!members) return undefined;
		const known = this.#numbered?.get(head);
		if (known) return known;
		const family: Numbered = new Map();
		for (const { index, rest, at } of members) {
			const plain = this.#plainAt(at);
			const entry = family.get(index);
			if (entry) entry.set(rest, plain);
			else family.set(index, new Map([[rest, plain]]));
		}
		this.#numbered ??= new Map();
		this.#numbered.set(head, family);
		return family;
	}

	mentions(field: Field): boolean {
		return this.#of(field).length > 0;
	}

	hides(field: Field): boolean {
		return this.#of(field).some(({ at }) => at !== null && isRedacted(this.#plainAt(at)));
	}

	first(field: Field): Found<unknown> | null {
		return this.firstOf(field, asItIs);
	}

	firstOf<T>(
		field: Field,
		translate: (value: unknown, key: string) => T | null | undefined,
		accepts?: (place: number) => boolean,
	): Found<T> | null {
		const candidates = this.#meaning.candidates.get(field);
		if (candidates === undefined) return null;
		for (const { claim, at, key, from } of candidates) {
			if (accepts !== undefined && !accepts(claim.place)) continue;
			const read = this.#read(claim.reading, at, key);
			if (read === undefined || read === null || !isMeaningful(read)) continue;
			const translated = translate(read, key);
			if (translated !== null && translated !== undefined) return { value: translated, from };
		}
		return null;
	}

	all(field: Field): Found<unknown>[] {
		const found: Found<unknown>[] = [];
		for (const { claim, at, key, from } of this.#of(field)) {
			const read = this.#read(claim.reading, at, key);
			if (isMeaningful(read)) found.push({ value: read, from });
		}
		return found;
	}

	firstRaw(field: Field): Found<string> | null {
		for (const { claim, at, from } of this.#of(field)) {
			if (at === null || (claim.reading.when && !claim.reading.when(this))) continue;
			const plain = this.#plainAt(at);
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
		if (!looksLikeJson(value.stringValue)) return value.stringValue;
		const known = this.#parsed?.get(value);
		if (known !== undefined) return known;
		const { value: parsed } = parseLoose(value.stringValue);
		// What does not parse is remembered too: cut JSON is long, and every row with a path asks for it.
		this.#parsed ??= new Map();
		this.#parsed.set(value, parsed);
		return parsed;
	}

	#read(reading: Reading, at: number | null, key: string): unknown {
		if (reading.when && !reading.when(this)) return undefined;
		if (reading.numbered) return this.numbered(key);
		if (reading.map) return this.#map(key);
		const value = at === null ? undefined : this.#values[at];
		if (value === undefined) return undefined;
		if (reading.path) {
			const member = memberAt(this.#json(value), reading.path);
			return reading.read && isMeaningful(member) ? reading.read(member, this) : member;
		}
		const plain = plainOf(value);
		if (!isMeaningful(plain)) return undefined;
		return reading.read ? reading.read(plain, this) : this.#json(value);
	}

	#map(head: string): Record<string, unknown> | undefined {
		const members = this.#meaning.maps.get(head);
		return members && Object.fromEntries(members.map(({ rest, at }) => [rest, this.#plainAt(at)]));
	}

	#plainAt(at: number): unknown {
		const value = this.#values[at];
		return value && plainOf(value);
	}

	#of(field: Field): readonly Candidate[] {
		return this.#meaning.candidates.get(field) ?? NONE;
	}

	// All events of that name before any is read: some senders write one for the input and another for the output.
	#findDetails(): void {
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
	for (let depth = 0; depth < path.length; depth++) {
		const step = path[depth] as string | number;
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
