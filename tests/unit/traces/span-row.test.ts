import { describe, expect, it } from "vitest";
import { decodeJson } from "@/lib/otlp/decode-json";
import type { AnyValue } from "@/lib/span/any-value";
import { DERIVE_VERSION } from "@/lib/span/derived-fields";
import type { Span } from "@/lib/span/span";
import { fromSpanRow, StoredSpanRow, toSpanRow } from "@/lib/traces/span-row";
import { microsecondLater } from "@/lib/traces/write-spans";
import { EVERY_DERIVED, EVERY_FIELD, NOTHING_DERIVED } from "@/tests/fixtures/every-field";
import { otlpRequest, otlpSpan } from "@/tests/support/otlp-request";

const EXPIRES = new Date("2026-12-22T03:10:40.123Z");

function spans(request: object, derived = EVERY_DERIVED): Span[] {
	return decodeJson(JSON.stringify(request)).spans.map((span) => ({
		...span,
		...derived,
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
		for (const span of [...spans(EVERY_FIELD), ...spans(EVERY_FIELD, NOTHING_DERIVED)]) {
			const { insertedAt, insertedAtText, deriveVersion, logs, ...back } = stored(span);
			expect(insertedAt).toEqual(new Date("2026-11-22T03:10:40.123Z"));
			expect([insertedAtText, deriveVersion, logs]).toEqual(["2026-11-22 03:10:40.123456", DERIVE_VERSION, []]);
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

	it("keep metadata apart whose text is the same, and the keys __proto__ and constructor", () => {
		const metadata = JSON.parse(
			'{"__proto__": 1, "constructor": "own", "five": 5, "text": "5", "half\\ud800": "\\udc00"}',
		);
		const [span] = spans(otlpRequest([otlpSpan()]), { ...EVERY_DERIVED, metadata });
		if (!span) throw new Error("no span");
		const back = stored(span).metadata ?? {};
		expect(Object.entries(back)).toEqual([
			...[
				["__proto__", 1],
				["constructor", "own"],
				["five", 5],
				["text", "5"],
			],
			["half\ufffd", "\ufffd"],
		]);
		expect(toSpanRow(span).metadata.five).toBe("5");
	});

	it("leave a count out that is no whole number, for it would fail the rows beside it", () => {
		const usage = { input: 1.5, output: Number.NaN, total: -1, reasoning: 1e21, cache_read: 0 };
		const [span] = spans(otlpRequest([otlpSpan()]), { ...EVERY_DERIVED, usage });
		if (!span) throw new Error("no span");
		expect(stored(span).usage).toEqual({ cache_read: 0 });
	});

	it("make derived text well-formed, which ClickHouse insists on", () => {
		const [span] = spans(otlpRequest([otlpSpan()]), { ...EVERY_DERIVED, outputText: "a\ud800", tags: ["\udfff"] });
		if (!span) throw new Error("no span");
		expect(stored(span)).toMatchObject({ outputText: "a\ufffd", tags: ["\ufffd"] });
	});
});

describe("microsecondLater()", () => {
	it.each([
		["2026-11-22 03:10:40.123456", "2026-11-22 03:10:40.123457"],
		["2026-11-22 03:10:40.000009", "2026-11-22 03:10:40.000010"],
		["2026-12-31 23:59:59.999999", "2027-01-01 00:00:00.000000"],
	])("of %s is %s", (arrival, later) => {
		expect(microsecondLater(arrival)).toBe(later);
	});
});
