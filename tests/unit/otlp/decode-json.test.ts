import { describe, expect, it } from "vitest";
import { decodeJson } from "@/lib/otlp/decode-json";
import { CUT_ATTRIBUTE, LIMITS } from "@/lib/otlp/limits";
import type { AnyValue } from "@/lib/span/any-value";
import { thrown } from "@/tests/support/failure";
import { otlpSpan } from "@/tests/support/otlp-request";

/** Decodes one span with these raw JSON fields. */
function decode(fields: Record<string, unknown>) {
	return decodeJson(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ ...otlpSpan(), ...fields }] }] }] }));
}

function value(raw: unknown): AnyValue | undefined {
	return decode({ attributes: [{ key: "key", value: raw }] }).spans[0]?.attributes.get("key");
}

function reason(raw: unknown): string | undefined {
	return decode({ attributes: [{ key: "key", value: raw }] }).rejections[0]?.reason;
}

describe("decodeJson()", () => {
	it("reads 64-bit integers and doubles from text and from numbers", () => {
		expect(value({ intValue: 7 })).toEqual({ intValue: "7" });
		expect(value({ intValue: " -7 " })).toEqual({ intValue: "-7" });
		expect(value({ doubleValue: "1e-3" })).toEqual({ doubleValue: 0.001 });
		expect(value({ doubleValue: "-Infinity" })).toEqual({ doubleValue: "-Infinity" });
	});

	it("rejects a span whose number is none, without quoting it", () => {
		for (const intValue of ["9223372036854775808", "1.5", "secret", "", true, 1.5]) {
			expect(reason({ intValue })).toBe("attributes[0].intValue is not a 64-bit integer");
		}
		for (const doubleValue of ["secret", "", " ", true]) {
			expect(reason({ doubleValue })).toBe("attributes[0].doubleValue is not a number");
		}
	});

	it("reads null, an empty object and an unknown kind of value as the explicit null", () => {
		for (const raw of [null, {}, { stringValueStrindex: 4 }]) expect(value(raw)).toEqual({});
	});

	it("replaces lone surrogates in every text", () => {
		const lone = "a\ud800b";
		const attributes = [{ key: lone, value: { stringValue: lone } }];
		const [span] = decode({ name: lone, traceState: lone, status: { message: lone }, attributes }).spans;
		expect(span).toMatchObject({ name: "a\ufffdb", traceState: "a\ufffdb", statusMessage: "a\ufffdb" });
		expect([...(span?.attributes ?? [])]).toEqual([["a\ufffdb", { stringValue: "a\ufffdb" }]]);
	});

	it("accepts snake_case field names throughout", () => {
		const span = {
			trace_id: "ab".repeat(16),
			span_id: "cd".repeat(8),
			parent_span_id: "ef".repeat(8),
			name: "snake",
			start_time_unix_nano: "5",
			end_time_unix_nano: 9,
			trace_state: "s=1",
			dropped_events_count: 2,
			events: [{ time_unix_nano: "6", name: "e", dropped_attributes_count: 1 }],
			attributes: [
				{ key: "list", value: { array_value: { values: [{ int_value: "1" }, { string_value: "s" }] } } },
				{ key: "map", value: { kvlist_value: { values: [{ key: "b", value: { bool_value: true } }] } } },
				{ key: "raw", value: { bytes_value: "AQ==" } },
			],
		};
		const { spans, rejections } = decodeJson(
			JSON.stringify({ resource_spans: [{ schema_url: "r", scope_spans: [{ schema_url: "s", spans: [span] }] }] }),
		);
		expect(rejections).toEqual([]);
		expect(spans[0]).toMatchObject({
			traceId: "ab".repeat(16),
			spanId: "cd".repeat(8),
			parentSpanId: "ef".repeat(8),
			traceState: "s=1",
			startTimeUnixNano: 5n,
			endTimeUnixNano: 9n,
			droppedEventsCount: 2,
			events: [{ timeUnixNano: 6n, droppedAttributesCount: 1 }],
			resource: { schemaUrl: "r" },
			scope: { schemaUrl: "s" },
		});
		expect(spans[0]?.attributes.get("list")).toEqual({
			arrayValue: { values: [{ intValue: "1" }, { stringValue: "s" }] },
		});
	});

	it("ignores unknown fields and takes null for absent", () => {
		const fields = { events: null, links: null, attributes: null, status: null, kind: null, flags: null, future: [1] };
		const { spans, rejections } = decode(fields);
		expect(rejections).toEqual([]);
		expect(spans[0]).toMatchObject({ events: [], links: [], statusCode: null, otelKind: null, flags: 0 });
	});

	it("takes an unreadable time for none", () => {
		for (const startTimeUnixNano of ["", "soon", -5, "-5", 1.5, "99999999999999999999", true, {}]) {
			expect(decode({ startTimeUnixNano }).spans[0]?.startTimeUnixNano).toBeNull();
		}
	});

	it("cuts what is nested deeper than the limit, however deep, and keeps the span", () => {
		const spans = [LIMITS.depth, LIMITS.depth + 1, 100_000].map((depth) => {
			const value = `${'{"arrayValue":{"values":['.repeat(depth)}{}${"]}}".repeat(depth)}`;
			return JSON.stringify(otlpSpan({ name: `depth ${depth}` })).replace(
				/}$/,
				`,"attributes":[{"key":"deep","value":${value}}]}`,
			);
		});
		const decoded = decodeJson(`{"resourceSpans":[{"scopeSpans":[{"spans":[${spans.join(",")}]}]}]}`);
		expect(decoded.spans.map((span) => [span.name, span.attributes.has(CUT_ATTRIBUTE)])).toEqual([
			["depth 256", false],
			["depth 257", true],
			["depth 100000", true],
		]);
		expect(decoded.rejections).toEqual([]);
		expect(decoded.warnings).toHaveLength(2);
		for (const warning of decoded.warnings) expect(warning.length).toBeLessThan(200);
	});

	it("takes a null member of a value for an absent one", () => {
		expect(value({ stringValue: null })).toEqual({});
		expect(value({ stringValue: null, boolValue: null, intValue: "5" })).toEqual({ intValue: "5" });
		expect(value({ arrayValue: null, kvlistValue: null, bytesValue: null, doubleValue: null })).toEqual({});
	});

	it("rejects only the span whose text, bytes or id is a structure", () => {
		const unprintable = { toString: 1, valueOf: 1 };
		for (const raw of [unprintable, {}, [], [["x"]]]) {
			expect(reason({ stringValue: raw })).toBe("attributes[0].stringValue must be text");
			expect(reason({ bytesValue: raw })).toBe("attributes[0].bytesValue must be text");
			expect(decode({ traceId: raw }).rejections[0]?.reason).toBe("traceId must be 32 hex digits");
			expect(decode({ parentSpanId: raw }).rejections[0]?.reason).toBe("parentSpanId must be 16 hex digits");
			expect(decode({ flags: raw, droppedAttributesCount: raw, kind: raw }).spans[0]).toMatchObject({
				flags: 0,
				droppedAttributesCount: 0,
				otelKind: null,
			});
		}
	});

	it("survives structures nested too deep for the stack wherever a scalar belongs", () => {
		const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
		const decodeRaw = (field: string) =>
			decodeJson(
				`{"resourceSpans":[{"scopeSpans":[{"spans":[${JSON.stringify(otlpSpan()).replace(/}$/, `,${field}}`)}]}]}]}`,
			);
		for (const field of ["traceId", "parentSpanId"]) {
			expect(decodeRaw(`"${field}":${deep}`).rejections).toHaveLength(1);
		}
		for (const kind of ["stringValue", "bytesValue", "intValue", "doubleValue"]) {
			const attribute = `"attributes":[{"key":"k","value":{"${kind}":${deep}}}]`;
			expect(decodeRaw(attribute).rejections).toHaveLength(1);
		}
		for (const field of ["flags", "name2", "traceState", "kind", "startTimeUnixNano"]) {
			expect(decodeRaw(`"${field}":${deep}`).spans).toHaveLength(1);
		}
	});

	it("takes a missing key for the empty one, which JSON mappings leave out", () => {
		const { spans } = decode({ attributes: [{ value: { stringValue: "v" } }] });
		expect(spans[0]?.attributes).toEqual(new Map([["", { stringValue: "v" }]]));
	});

	it("rejects numbers that are no int64 and booleans that are none", () => {
		const value = (value: object) => decode({ attributes: [{ key: "k", value }] }).rejections[0]?.reason;
		expect(value({ intValue: 1e300 })).toBe("attributes[0].intValue is not a 64-bit integer");
		expect(value({ intValue: 2 ** 63 })).toBe("attributes[0].intValue is not a 64-bit integer");
		expect(value({ boolValue: 1 })).toBe("attributes[0].boolValue is neither true nor false");
	});

	it("takes an empty body for a request without spans", () => {
		expect(decodeJson(" ")).toEqual({ spans: [], rejections: [], warnings: [] });
	});

	it("rejects a span whose lists or attributes have the wrong shape, naming the place", () => {
		expect(decode({ attributes: {} }).rejections[0]?.reason).toBe("attributes must be a list");
		expect(decode({ attributes: ["x"] }).rejections[0]?.reason).toBe("attributes[0] must be an object");
		expect(decode({ attributes: [{ key: 7 }] }).rejections[0]?.reason).toBe("attributes[0].key must be text");
		expect(decode({ attributes: [{ key: "k", value: "raw" }] }).rejections[0]?.reason).toContain(
			"attributes[0].value must be an object",
		);
		expect(decode({ events: "x" }).rejections[0]?.reason).toBe("events must be a list of objects");
		expect(decode({ links: [1] }).rejections[0]?.reason).toBe("links must be a list of objects");
		expect(reason({ arrayValue: { values: 1 } })).toBe("attributes[0].arrayValue.values must be a list");
	});

	it.each([
		["[]", "body must be an object"],
		['"text"', "body must be an object"],
		['{"resourceSpans":{}}', "resourceSpans must be a list"],
		['{"resourceSpans":[1]}', "resourceSpans[0] must be an object"],
		['{"resourceSpans":[{},{"resource":[]}]}', "resourceSpans[1].resource must be an object"],
		['{"resourceSpans":[{"scopeSpans":"x"}]}', "resourceSpans[0].scopeSpans must be a list"],
		['{"resourceSpans":[{"scopeSpans":[null]}]}', "resourceSpans[0].scopeSpans[0] must be an object"],
		['{"resourceSpans":[{"scopeSpans":[{"spans":5}]}]}', "resourceSpans[0].scopeSpans[0].spans must be a list"],
		['{"resourceSpans":[{"resource":{"attributes":5}}]}', "resourceSpans[0].resource.attributes must be a list"],
	])("refuses %s, naming the field", (text, sentence) => {
		expect(thrown(() => decodeJson(text))).toMatchObject({
			code: "invalid_input",
			publicMessage: `Malformed request body: ${sentence}`,
		});
	});

	it("rejects a span that is no object", () => {
		const { spans, rejections } = decodeJson('{"resourceSpans":[{"scopeSpans":[{"spans":[null,"x",[]]}]}]}');
		expect(spans).toEqual([]);
		expect(rejections.map(({ path }) => path.slice(-8))).toEqual(["spans[0]", "spans[1]", "spans[2]"]);
	});
});
