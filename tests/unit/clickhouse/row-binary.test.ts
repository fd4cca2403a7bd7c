import { describe, expect, it } from "vitest";
import { RowBinaryWriter } from "@/lib/clickhouse/row-binary";

function written(write: (out: RowBinaryWriter) => void, firstBytes = 1): Buffer {
	const out = new RowBinaryWriter(firstBytes);
	write(out);
	return out.finish();
}

/** A String column as the format describes it: LEB128 of its bytes, then them. */
function expectedString(text: string): Buffer {
	const bytes = Buffer.from(text);
	const prefix: number[] = [];
	let rest = bytes.length;
	for (; rest > 127; rest >>>= 7) prefix.push((rest & 127) | 128);
	return Buffer.concat([Buffer.from([...prefix, rest]), bytes]);
}

describe("RowBinaryWriter.string()", () => {
	const lengths = [
		0, 1, 39, 40, 41, 42, 43, 63, 64, 65, 126, 127, 128, 5461, 5462, 8192, 16_383, 16_384, 16_385, 70_000,
	];

	it.each(["x", "é", "世", "🙂", "\ud800", "\0"])("writes %j at every length of its length", (letter) => {
		for (const length of lengths) {
			for (const text of [letter.repeat(length), `${"a".repeat(length)}${letter}`, `${letter}${"a".repeat(length)}`]) {
				const expected = Buffer.concat([expectedString(text), expectedString("next")]);
				// Too small a buffer, and one with room for whatever the text may take.
				for (const firstBytes of [1, 1_000_000]) {
					const bytes = written((out) => {
						out.string(text);
						out.string("next");
					}, firstBytes);
					if (!bytes.equals(expected)) expect.fail(`${length} of ${JSON.stringify(letter)} in ${firstBytes}`);
				}
			}
		}
	});

	it("writes texts of bytes whose length takes one byte more than their characters' number", () => {
		for (let length = 100; length < 140; length++) {
			for (let wide = 0; wide < 40; wide++) {
				const text = "a".repeat(length - wide) + "é".repeat(wide);
				if (!written((out) => out.string(text), 1000).equals(expectedString(text))) expect.fail(`${length}, ${wide}`);
			}
		}
	});
});

describe("RowBinaryWriter of numbers", () => {
	it("writes them little-endian, also after it grew", () => {
		const expected = Buffer.alloc(47);
		expected.writeUInt16LE(65_535, 0);
		expected.writeUInt32LE(4_294_967_295, 2);
		expected.writeBigUInt64LE(2n ** 64n - 1n, 6);
		expected.writeBigInt64LE(-2n, 14);
		expected.writeBigInt64LE(9_007_199_254_740_991n, 22);
		expected.writeDoubleLE(-1.5e-300, 30);
		expected[38] = 1;
		expected.writeDoubleLE(Math.PI, 39);
		const bytes = written((out) => {
			out.uint16(65_535);
			out.uint32(4_294_967_295);
			out.uint64(2n ** 64n - 1n);
			out.int64(-2n);
			out.integer(Number.MAX_SAFE_INTEGER);
			out.float64(-1.5e-300);
			out.bool(true);
			out.float64(Math.PI);
		});
		expect(bytes.equals(expected)).toBe(true);
	});

	it("writes a null as one byte, and a value after a zero", () => {
		expect([...written((out) => out.nullableInteger(null))]).toEqual([1]);
		expect([...written((out) => out.nullableFloat64(null))]).toEqual([1]);
		expect([...written((out) => out.nullableInteger(258))]).toEqual([0, 2, 1, 0, 0, 0, 0, 0, 0]);
		expect([...written((out) => out.nullableFloat64(1))]).toEqual([0, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
	});

	it("takes over bytes that are rows already", () => {
		const bytes = written((out) => {
			out.bytes(Buffer.from([1, 2, 3]));
			out.count(300);
		});
		expect([...bytes]).toEqual([1, 2, 3, 0xac, 0x02]);
	});
});
