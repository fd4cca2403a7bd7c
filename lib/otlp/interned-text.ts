const SLOT_BITS = 11;
const SLOTS = 1 << SLOT_BITS;
const BYTES_MAX = 64;
/** Spreads what it is multiplied with over the high bits: 2^32 divided by the golden ratio. */
const SPREAD = 0x9e3779b1;

/**
 * Texts by their bytes. Senders repeat the same few keys, names and models in every span: found here, they cost neither a new
 * string nor, in the maps that use them as keys, its hash. A slot holds the last text that fell into it, so memory is bounded.
 */
export class InternedText {
	private readonly texts: string[] = new Array<string>(SLOTS).fill("");
	private readonly known = new DataView(new ArrayBuffer(SLOTS * BYTES_MAX));

	/** The text of the bytes from `start` to `end`, of which `view` is a view; invalid UTF-8 becomes U+FFFD. */
	read(bytes: Buffer, view: DataView, start: number, end: number): string {
		const size = end - start;
		if (size > BYTES_MAX) return bytes.toString("utf8", start, end);
		const slot = slotOf(view, start, end);
		const known = this.texts[slot] ?? "";
		if (known.length === size && this.holds(slot, view, start, size)) return known;
		const text = bytes.toString("utf8", start, end);
		// As many characters as bytes: ASCII, the only texts whose length tells how many bytes the slot holds.
		if (text.length === size && !text.includes("\ufffd")) {
			this.texts[slot] = text;
			for (let index = 0; index < size; index++) {
				this.known.setUint8(slot * BYTES_MAX + index, view.getUint8(start + index));
			}
		}
		return text;
	}

	private holds(slot: number, view: DataView, start: number, size: number): boolean {
		const from = slot * BYTES_MAX;
		let index = 0;
		while (index + 4 <= size && this.known.getInt32(from + index) === view.getInt32(start + index)) index += 4;
		while (index < size && this.known.getUint8(from + index) === view.getUint8(start + index)) index += 1;
		return index === size;
	}
}

function slotOf(view: DataView, start: number, end: number): number {
	let hash = end - start;
	let at = start;
	for (; at + 4 <= end; at += 4) hash = Math.imul(hash ^ view.getInt32(at), SPREAD);
	for (; at < end; at++) hash = Math.imul(hash ^ view.getUint8(at), SPREAD);
	return hash >>> (32 - SLOT_BITS);
}
