import { describe, expect, it } from "vitest";
import { InternedText } from "@/lib/otlp/interned-text";
import { seededRandom } from "@/tests/support/seeded-random";

function read(texts: InternedText, bytes: Buffer, start = 0, end = bytes.length): string {
	return texts.read(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.length), start, end);
}

describe("InternedText", () => {
	it("reads any bytes as a decoder of UTF-8 does, however often and whatever came before", () => {
		const random = seededRandom(20261201);
		const texts = new InternedText();
		// Few different bytes, so that texts repeat and fall into each other's slots; valid and invalid sequences among them.
		const alphabet = [0x61, 0x62, 0x00, 0xc3, 0xa9, 0xe9, 0xff, 0xef, 0xbf, 0xbd];
		for (let round = 0; round < 200_000; round++) {
			const length = Math.floor(random() * random() * 9);
			const bytes = Buffer.from(Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)] ?? 0));
			if (read(texts, bytes) !== bytes.toString("utf8")) expect(read(texts, bytes)).toBe(bytes.toString("utf8"));
		}
	});

	it("reads long texts, and parts of a body", () => {
		const texts = new InternedText();
		for (const length of [0, 1, 3, 4, 63, 64, 65, 5000]) {
			for (const letter of ["x", "é"]) {
				const body = Buffer.from(`before${letter.repeat(length)}after`);
				for (let again = 0; again < 2; again++) {
					expect(read(texts, body, 6, body.length - 5)).toBe(letter.repeat(length));
				}
			}
		}
	});
});
