import { describe, expect, it } from "vitest";
import { Place } from "@/lib/otlp/place";
import { WireReader } from "@/lib/otlp/wire-reader";
import { thrown } from "@/tests/support/failure";

function reader(hex: string): WireReader {
	return new WireReader(Buffer.from(hex.replaceAll(" ", ""), "hex"), new Place());
}

const INTEGERS: [string, string][] = [
	["00", "0"],
	["7f", "127"],
	["8001", "128"],
	["ffffff7f", "268435455"],
	["8080808001", "268435456"],
	["ffffffff0f", "4294967295"],
	["ffffffffffffff0f", "9007199254740991"],
	["ffffffffffffffff7f", "9223372036854775807"],
	["80808080808080808001", "-9223372036854775808"],
	["ffffffffffffffffff01", "-1"],
	// Longer than needed.
	["8700", "7"],
	["87808080808080808000", "7"],
	// Bits beyond the 64th are lost.
	["8780808080808080807e", "7"],
];

describe("WireReader", () => {
	it.each(INTEGERS)("reads the integer %s as %s", (hex, value) => {
		const wire = reader(`${hex}08`);
		expect(wire.int64()).toBe(value);
		expect(wire.tag()).toBe(8);
	});

	it("reads the low 32 bits of a number", () => {
		for (const [hex, value] of INTEGERS) {
			expect(reader(hex).uint32()).toBe(Number(BigInt.asUintN(32, BigInt(value))));
		}
	});

	it("reads as true what has any bit, however many bytes it takes", () => {
		for (const hex of ["01", "02", "8001", "80808080808080808001", "8100"]) expect(reader(hex).bool()).toBe(true);
		for (const hex of ["00", "8000", "80808080808080808000"]) expect(reader(hex).bool()).toBe(false);
	});

	it("reads fixed numbers of every size", () => {
		expect(reader("ffffffff").fixed32()).toBe(2 ** 32 - 1);
		expect(reader("0100000000000080").fixed64()).toBe(2n ** 63n + 1n);
		expect(reader("000000000000f0bf").double()).toBe(-1);
		expect(reader("000000000000f87f").double()).toBeNaN();
	});

	it("reads of an id no more than any id has", () => {
		expect(reader("02abcd").id()).toBe("abcd");
		expect(reader(`ff01${"ab".repeat(255)}`).id()).toBe("ab".repeat(40));
	});

	it("passes over groups in groups", () => {
		// Field 2, a group of field 3 with a group of field 4, then field 5.
		const wire = reader("13 18 07 23 2a 02 ffff 24 14 28 01");
		wire.skip(wire.tag());
		expect(wire.tag()).toBe((5 << 3) | 0);
		expect(wire.uint32()).toBe(1);
		expect(wire.more(wire.length)).toBe(false);
	});

	it.each([
		["a number of eleven bytes", "8080808080808080808001", "a number is longer than ten bytes"],
		["a number without end", "ffff", "it ends inside a number"],
		["nothing at all", "", "it ends inside a number"],
	])("refuses %s", (_, hex, reason) => {
		for (const read of [
			() => reader(hex).uint32(),
			() => reader(hex).int64(),
			() => reader(hex).bool(),
			() => reader(hex).end(),
		]) {
			expect(thrown(read)).toMatchObject({ code: "invalid_input", publicMessage: expect.stringContaining(reason) });
		}
	});

	it("refuses lengths past the end of the body, those beyond 32 bits too", () => {
		for (const hex of [
			"01",
			"ffffffff0f",
			"808080801000",
			"80808080808080808001",
			"ffffffffffffffffff01",
			"8080808010",
		]) {
			expect(thrown(() => reader(hex).end()).publicMessage).toMatch(/a length runs past the end of the body$/);
		}
		expect(reader("81808080808080808000ff").end()).toBe(11);
	});

	it("refuses numbers of fixed size that the body cuts", () => {
		for (const read of [
			() => reader("000000").fixed32(),
			() => reader("00".repeat(7)).fixed64(),
			() => reader("00".repeat(7)).double(),
		]) {
			expect(thrown(read).publicMessage).toMatch(/it ends inside a number$/);
		}
	});

	it.each([
		["the end of a group that never began", "14", "unreadable field"],
		["the end of another group", "1324", "a group ends that never began"],
		["a wire type that does not exist", "16", "unreadable field"],
		["a group without end", "1308", "it ends inside a number"],
		["groups in too many groups", "13".repeat(200), "groups are nested deeper than 100"],
	])("refuses %s", (_, hex, reason) => {
		const wire = reader(hex);
		expect(thrown(() => wire.skip(wire.tag())).publicMessage).toContain(reason);
	});

	it("reads values of every length, those it remembers and those it does not", () => {
		for (let again = 0; again < 2; again++) {
			for (const letter of ["x", "é", "\ufffd"]) {
				for (let length = 0; length < 42; length++) {
					const text = letter.repeat(length);
					const bytes = Buffer.from(text);
					const wire = reader(Buffer.concat([Buffer.of(bytes.length), bytes]).toString("hex"));
					expect(wire.valueString()).toBe(text);
				}
			}
		}
	});
});
