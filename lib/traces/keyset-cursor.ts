import { z } from "zod";
import { invalidInput } from "@/lib/errors";
import { after, later, type NanoRange, sooner } from "@/lib/traces/time-window";

/** Where a page ends: a moment in nanoseconds since the epoch, and what breaks ties. */
export interface KeysetCursor {
	direction: "older" | "newer";
	moment: bigint;
	ties: readonly string[];
}

const Wire = z.tuple([z.enum(["older", "newer"]), z.string().regex(/^\d{1,20}$/)]).rest(z.string());

/** Opaque text of a position. */
export function encodeCursor({ direction, moment, ties }: KeysetCursor): string {
	return Buffer.from(JSON.stringify([direction, String(moment), ...ties])).toString("base64url");
}

/** A position with as many ties; `invalid_input` when no page gave it. */
export function decodeCursor(text: string, ties: number): KeysetCursor {
	try {
		const [direction, moment, ...rest] = Wire.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
		if (rest.length !== ties) throw new Error("another list's");
		return { direction, moment: BigInt(moment), ties: rest };
	} catch {
		throw invalidInput("cursor: is not one that an earlier page gave");
	}
}

/**
 * A page out of what was found from the cursor on in its direction, one more than the page holds if there is one: in the
 * list's order, with the positions of its neighbours.
 */
export function keysetPage<Item>(
	found: readonly Item[],
	{
		limit,
		at,
		placeOf,
	}: { limit: number; at: KeysetCursor | null; placeOf(item: Item): Omit<KeysetCursor, "direction"> },
): { items: Item[]; nextCursor: string | null; previousCursor: string | null } {
	const newer = at?.direction === "newer";
	const items = found.slice(0, limit);
	if (newer) items.reverse();
	const more = found.length > limit;
	const cursorAt = (direction: KeysetCursor["direction"], item: Item | undefined) =>
		item === undefined ? null : encodeCursor({ direction, ...placeOf(item) });
	return {
		items,
		nextCursor: newer || more ? cursorAt("older", items.at(-1)) : null,
		previousCursor: (newer ? more : at !== null) ? cursorAt("newer", items[0]) : null,
	};
}

/** The part of a range that lies from the cursor on in its direction; what starts with the cursor is still in it. */
export function beyondCursor(range: NanoRange, at: KeysetCursor | null): NanoRange {
	if (!at) return range;
	return at.direction === "older"
		? { from: range.from, to: sooner(after(at.moment), range.to) }
		: { from: later(at.moment, range.from), to: range.to };
}
