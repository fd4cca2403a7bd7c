import { describe, expect, it } from "vitest";
import { type AnyValue, anyValueText } from "@/lib/span/any-value";
import { exactForm, joinAttributes } from "@/lib/traces/attribute-columns";
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
