import { describe, expect, it } from "vitest";
import { findSlice, NO_SLICE, readSlice, WHOLE } from "@/lib/traces/text-slice";
import { seededRandom } from "@/tests/support/seeded-random";

const PIECES = [
	"word ",
	"\n",
	'"quoted"',
	"\\",
	"é",
	"世界",
	"🙂",
	"\t",
	"\u0001",
	"/",
	"<b>",
	"\u2028",
	"{}",
	"\ud800",
];

describe("findSlice()", () => {
	it("finds a text inside JSON, whatever it holds, and readSlice() gives it back", () => {
		const random = seededRandom(7);
		const some = (count: number) =>
			Array.from({ length: count }, () => PIECES[Math.floor(random() * PIECES.length)] ?? "").join("");
		let found = 0;
		for (let round = 0; round < 2000; round++) {
			const text = some(1 + Math.floor(random() * 40));
			const raw = JSON.stringify([
				{ role: some(5) },
				{ role: "user", content: some(30) + text },
				{ content: text },
				some(9),
			]);
			const slice = findSlice(text, raw);
			if (slice.length === 0) expect(text.isWellFormed()).toBe(false);
			else {
				found += 1;
				expect(readSlice(slice, raw)).toBe(text);
			}
		}
		expect(found).toBeGreaterThan(500);
	});

	it("is the whole when both are the same", () => {
		const slice = findSlice("the question", "the question");
		expect(slice.length).toBe(WHOLE);
		expect(readSlice(slice, "the question")).toBe("the question");
	});

	it.each([
		["is not in it", "other", '["text"]'],
		["is in it in another spelling", "é", '["\\u00e9"]'],
		["is longer", "a".repeat(20), "aaa"],
		["holds half a character", "\ud800", '["\\ud800"]'],
	])("is none when the text %s", (_, text, raw) => {
		expect(findSlice(text, raw)).toEqual(NO_SLICE);
	});

	it("gives up soon on texts made to be hard to find", () => {
		const raw = `["${"a".repeat(900_000)}"]`;
		expect(findSlice(`${"a".repeat(400_000)}b`, raw)).toEqual(NO_SLICE);
		expect(findSlice("a".repeat(400_000), raw).length).toBe(400_000);
	});

	it("finds every character as JSON writes it", () => {
		for (let code = 0; code < 0x3000; code++) {
			const text = `before${String.fromCharCode(code)}after`;
			const raw = JSON.stringify(["é", { content: text }]);
			const slice = findSlice(text, raw);
			if (slice.length === 0 || readSlice(slice, raw) !== text) expect.fail(`U+${code.toString(16)}`);
		}
	});
});
