import { describe, expect, it } from "vitest";
import { type AnyValue, anyValueText } from "@/lib/span/any-value";
import { exactColumns, exactForm, joinAttributes } from "@/lib/traces/attribute-columns";
import { EVERY_VALUE } from "@/tests/fixtures/every-field";

describe("joinAttributes()", () => {
	it.each(EVERY_VALUE)("gives back $key from its text and its exact form", ({ key, value }) => {
		const exact = exactForm(value);
		const columns = { texts: { [key]: anyValueText(value) }, values: exact === null ? {} : { [key]: exact } };
		expect(joinAttributes(columns).get(key)).toEqual(value);
	});

	it("reads rows from before the marks, which hold every exact value in JSON", () => {
		const values: AnyValue[] = [
			{ intValue: "812" },
			{ boolValue: false },
			{ doubleValue: "NaN" },
			{ bytesValue: "AA==" },
		];
		for (const value of values) {
			const columns = { texts: { key: anyValueText(value) }, values: { key: JSON.stringify(value) } };
			expect(joinAttributes(columns).get("key")).toEqual(value);
		}
	});
});

describe("exactColumns()", () => {
	const listOf = (...texts: string[]): AnyValue => ({
		arrayValue: { values: texts.map((stringValue) => ({ stringValue })) },
	});
	const values: AnyValue[] = [
		...["stop", "", '"', "é", "__proto__", "x".repeat(32), "x".repeat(33)].map((text) => listOf(text)),
		...[listOf(), listOf("stop", "length"), { arrayValue: { values: [listOf("stop")] } }],
		...[{ arrayValue: { values: [{ intValue: "1" }] } }, { arrayValue: { values: [{}] } }, {}],
		...EVERY_VALUE.map(({ value }) => value).filter((value) => !("stringValue" in value)),
	];

	it.each(values)("is the text of %j and its exact form, the first time and from memory", (value) => {
		const expected = { text: anyValueText(value), exact: exactForm(value) };
		expect(exactColumns(value)).toEqual(expected);
		expect(exactColumns(value)).toEqual(expected);
	});

	it("forgets rather than to grow with what senders send", () => {
		const first = exactColumns(listOf("first"));
		expect(exactColumns(listOf("first"))).toBe(first);
		for (let index = 0; index < 2000; index++) exactColumns(listOf(`reason ${index}`));
		expect(exactColumns(listOf("first"))).not.toBe(first);
		expect(exactColumns(listOf("first"))).toEqual(first);
	});
});
