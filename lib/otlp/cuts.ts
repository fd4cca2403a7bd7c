import { AppError } from "@/lib/errors";
import { CUT_ATTRIBUTE, LIMITS } from "@/lib/otlp/limits";
import { Place } from "@/lib/otlp/place";
import type { AnyValue, Attributes } from "@/lib/span/any-value";

/** Dropped counts are 32 bits wide. */
const COUNT_MAX = 0xffffffff;

/**
 * Keeps what a request holds within the limits, and tells what that cost. A decoder calls `begin` before it reads what has
 * attributes of its own (a span, log record, resource or scope) and `tell` once that is kept; what was noted in one that is
 * rejected is forgotten.
 */
export class Cuts {
	readonly place = new Place();
	private readonly told: string[] = [];
	private toldCount = 0;
	private from = 0;
	private count = 0;
	private parts = 0;
	private readonly notes: { path: string; byKey: string; what: string }[] = [];

	begin(): void {
		this.from = this.place.depth;
		this.count = 0;
		this.notes.length = 0;
	}

	/** The path from what was begun to here, or to `field` of it; "" at the beginning. */
	where(field = ""): string {
		return this.place.text(this.from, field);
	}

	/** Notes that something here, or its `field`, is not kept as it was sent. */
	note(what: string, field = ""): void {
		if (this.count++ < LIMITS.toldCuts) {
			const { place, from } = this;
			this.notes.push({ path: place.text(0, field), byKey: place.text(from, field, true), what });
		}
	}

	/** Writes down what was noted since `begin`: in the warnings and, if there are any, in the attributes. */
	tell(attributes: Attributes | null): void {
		if (this.count === 0) return;
		this.toldCount += this.count;
		for (const { path, what } of this.notes) {
			if (this.told.length < LIMITS.toldCuts) this.told.push(`${path}: ${what}`);
		}
		const entries = this.notes.map(({ byKey, what }) => `${byKey}: ${what}`);
		if (this.count > entries.length) entries.push(`and ${this.count - entries.length} more`);
		attributes?.set(CUT_ATTRIBUTE, { arrayValue: { values: entries.map((stringValue) => ({ stringValue })) } });
		this.begin();
	}

	get warnings(): string[] {
		const more = this.toldCount - this.told.length;
		return more > 0 ? [...this.told, `and ${more} more`] : this.told;
	}

	/** Counts one of what `LIMITS.parts` limits; `payload_too_large` when the request holds too many. */
	part(): void {
		if (++this.parts > LIMITS.parts) {
			throw new AppError(
				"payload_too_large",
				`The request holds more than ${LIMITS.parts} resources, scopes, attributes, values, events and links: send smaller batches`,
			);
		}
	}

	/** The text, cut after at most `bytesMax` bytes of UTF-8 and marked when it is longer. */
	text(text: string, bytesMax: number, field = ""): string {
		// No character of a JavaScript string takes more than three bytes.
		return text.length * 3 <= bytesMax ? text : this.cutText(text, bytesMax, field);
	}

	private cutText(text: string, bytesMax: number, field: string): string {
		const cut = cutText(text, bytesMax);
		if (cut === null) return text;
		this.note(cut.what, field);
		return cut.text;
	}

	key(key: string): string {
		return this.text(key, LIMITS.keyBytes, "key");
	}

	/** A bytes value, cut and marked as a text is. */
	bytes(bytes: Buffer): AnyValue {
		const { length } = bytes;
		if (length <= LIMITS.valueBytes) return { bytesValue: bytes.toString("base64") };
		const what = `${LIMITS.valueBytes} of ${length} bytes kept`;
		this.note(what);
		const kept = Buffer.concat([bytes.subarray(0, LIMITS.valueBytes), Buffer.from(mark(what))]);
		return { bytesValue: kept.toString("base64") };
	}

	/** What stands for a value that is nested too deep. */
	tooDeep(): AnyValue {
		const what = `nested deeper than ${LIMITS.depth}`;
		this.note(what);
		return { stringValue: mark(what) };
	}

	/** Notes that the last `dropped` of a list were left out after `kept`; their number together with those left out `before`. */
	dropped(list: string, kept: number, dropped: number, before: number): number {
		if (dropped > 0) this.note(`${kept} kept, ${dropped} dropped`, list);
		return Math.min(before + dropped, COUNT_MAX);
	}
}

/** The key under which an attribute with this key is kept; nothing is noted. */
export function keptKey(key: string): string {
	return key.length * 3 <= LIMITS.keyBytes ? key : (cutText(key, LIMITS.keyBytes)?.text ?? key);
}

/** Null when the text is short enough. */
function cutText(text: string, bytesMax: number): { text: string; what: string } | null {
	const size = Buffer.byteLength(text);
	if (size <= bytesMax) return null;
	const bytes = Buffer.from(text.slice(0, bytesMax));
	let kept = bytesMax;
	while (((bytes[kept] ?? 0) & 0xc0) === 0x80) kept -= 1;
	const what = `${kept} of ${size} bytes kept`;
	return { text: bytes.toString("utf8", 0, kept) + mark(what), what };
}

function mark(what: string): string {
	return `… [cut by Spanwise: ${what}]`;
}
