import { describe, expect, it } from "vitest";
import { type AnyValue, anyValuePlain, anyValueText, attributesPlain } from "@/lib/span/any-value";
import { durationNanos, mergedAttributes } from "@/lib/span/span";
import { EVERY_VALUE } from "@/tests/fixtures/every-field";

const entry = (key: string, value: AnyValue): AnyValue => ({ kvlistValue: { values: [{ key, value }] } });

describe("anyValuePlain()", () => {
	it("keeps integers exact: numbers up to 2^53, text beyond", () => {
		expect(anyValuePlain({ intValue: "9007199254740991" })).toBe(9007199254740991);
		expect(anyValuePlain({ intValue: "9007199254740993" })).toBe("9007199254740993");
		expect(anyValuePlain({ intValue: "-9223372036854775808" })).toBe("-9223372036854775808");
	});

	it("gives JSON for every kind of value", () => {
		expect(anyValuePlain({})).toBeNull();
		expect(anyValuePlain({ doubleValue: "NaN" })).toBe("NaN");
		expect(anyValuePlain({ bytesValue: "AQ==" })).toBe("AQ==");
		expect(anyValuePlain({ arrayValue: { values: [{ boolValue: true }, entry("k", {})] } })).toEqual([
			true,
			{ k: null },
		]);
	});

	it("makes __proto__ an ordinary key", () => {
		const plain = anyValuePlain(entry("__proto__", { stringValue: "own" }));
		expect(JSON.stringify(plain)).toBe('{"__proto__":"own"}');
		expect(Object.getPrototypeOf(plain)).toBe(Object.prototype);
		const attributes = attributesPlain(new Map([["__proto__", { boolValue: true }]]));
		expect(Object.keys(attributes)).toEqual(["__proto__"]);
	});
});

describe("anyValueText()", () => {
	it("gives text for every value", () => {
		const texts = Object.fromEntries(EVERY_VALUE.map(({ key, value }) => [key, anyValueText(value)]));
		expect(texts).toMatchObject({
			string: "Grüße, 世界 👋",
			"string.empty": "",
			"bool.true": "true",
			"bool.false": "false",
			null: "",
			"int.min": "-9223372036854775808",
			double: "0.1",
			"double.whole": "2",
			"double.small": "5e-324",
			"double.nan": "NaN",
			"double.minus": "-Infinity",
			bytes: "AP/+gA==",
			"array.empty": "[]",
			"kvlist.empty": "{}",
			array: '["a",-1,null]',
			nested: '[{"role":"user","parts":["AQI=","NaN"],"__proto__":true}]',
		});
	});
});

describe("mergedAttributes()", () => {
	it("lays the span's attributes over its resource's and changes neither", () => {
		const attributes = new Map<string, AnyValue>([["both", { stringValue: "span" }]]);
		const resource = new Map<string, AnyValue>([
			["both", { stringValue: "resource" }],
			["one", { intValue: "1" }],
		]);
		const merged = mergedAttributes({
			attributes,
			resource: { attributes: resource, droppedAttributesCount: 0, schemaUrl: "" },
		});
		expect(Object.fromEntries(merged)).toEqual({ both: { stringValue: "span" }, one: { intValue: "1" } });
		expect([attributes.size, resource.size]).toEqual([1, 2]);
	});
});

describe("durationNanos()", () => {
	it("is unknown when a time is, or when the clock ran backwards", () => {
		expect(durationNanos(5n, 5n)).toBe(0n);
		expect(durationNanos(5n, 8n)).toBe(3n);
		for (const [start, end] of [
			[null, 8n],
			[5n, null],
			[8n, 5n],
		] as const) {
			expect(durationNanos(start, end)).toBeNull();
		}
	});
});
