import { describe, expect, it } from "vitest";
import { derive } from "@/lib/genai/derive";
import { decodeJson } from "@/lib/otlp/decode-json";
import type { AnyValue } from "@/lib/span/any-value";
import type { Span } from "@/lib/span/span";
import { fromSpanRow, StoredSpanRow, toSpanRow } from "@/lib/traces/span-row";
import { EVERY_FIELD } from "@/tests/fixtures/every-field";
import { otlpRequest, otlpSpan } from "@/tests/support/otlp-request";

const EXPIRES = new Date("2026-12-22T03:10:40.123Z");

function spans(request: object): Span[] {
	return decodeJson(JSON.stringify(request)).spans.map((span) => ({
		...span,
		...derive(span),
		projectId: "p",
		origin: "otlp",
		expiresAt: EXPIRES,
	}));
}

/** Through the row and JSON, as the store would give it back. */
function stored(span: Span) {
	const json = JSON.parse(JSON.stringify({ ...toSpanRow(span), inserted_at: "2026-11-22 03:10:40.123456" }));
	return fromSpanRow(StoredSpanRow.parse(json));
}

describe("toSpanRow() and fromSpanRow()", () => {
	it("lose no field of any span", () => {
		for (const span of spans(EVERY_FIELD)) {
			const { insertedAt, ...back } = stored(span);
			expect(insertedAt).toEqual(new Date("2026-11-22T03:10:40.123Z"));
			expect(back).toEqual(span);
		}
	});

	it("keep the keys __proto__ and constructor", () => {
		const attributes = ["__proto__", "constructor", "toString"].flatMap((key) => [
			{ key, value: { intValue: "1" } },
			{ key: `${key} as text`, value: { stringValue: "t" } },
		]);
		const [span] = spans(otlpRequest([otlpSpan({ attributes: [...attributes, { key: "__proto__", value: {} }] })]));
		if (!span) throw new Error("no span");
		expect(stored(span).attributes).toEqual(span.attributes);
		expect(stored(span).attributes.get("__proto__")).toEqual({});
	});

	it("make every attribute filterable by its text", () => {
		const values: AnyValue[] = [{ boolValue: true }, { intValue: "200" }, { doubleValue: 0.5 }, { stringValue: "s" }];
		const attributes = values.map((value, index) => ({ key: `k${index}`, value }));
		const [span] = spans(otlpRequest([otlpSpan({ attributes })]));
		if (!span) throw new Error("no span");
		expect(toSpanRow(span).attributes).toEqual(
			Object.assign(Object.create(null), { k0: "true", k1: "200", k2: "0.5", k3: "s" }),
		);
	});
});
