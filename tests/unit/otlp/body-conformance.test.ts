// biome-ignore-all format: one row a case
import { describe, expect, it } from "vitest";
import { decodeTraces } from "@/lib/otlp/decode-traces";
import { thrown } from "@/tests/support/failure";

const TRACE = "5b8efff798038103d269b633813fc60c";
const SPAN = "eee19b7ec3c1b174";
const base64 = (hex: string) => Buffer.from(hex, "hex").toString("base64");

/** The only span of a JSON body with these fields, given as they stand in it. */
function decodeJsonSpan(fields: string) {
	const body = `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${TRACE}","spanId":"${SPAN}","name":"n"${fields && `,${fields}`}}]}]}]}`;
	const { spans, rejections } = decodeTraces("json", Buffer.from(body));
	return spans[0] ?? rejections[0];
}

/** The only span of a protobuf body with these fields appended, in hex. */
function decodeProtobufSpan(fields: string) {
	const span = Buffer.from(`0a10${TRACE}1208${SPAN}2a016e${fields.replaceAll(" ", "")}`, "hex");
	const wrap = (inner: Buffer) => Buffer.concat([Buffer.from([0x12, inner.length]), inner]);
	const { spans, rejections } = decodeTraces(
		"protobuf",
		Buffer.concat([Buffer.from([0x0a, span.length + 4]), wrap(wrap(span))]),
	);
	return spans[0] ?? rejections[0];
}

const value = (anyValue: string) => `"attributes":[{"key":"k","value":${anyValue}}]`;
const read = (anyValue: object) => ({ attributes: new Map([["k", anyValue]]) });
const ids = { traceId: TRACE, spanId: SPAN };

describe("a span in JSON", () => {
	it.each<[string, string, object]>([
		["unknown fields", '"future":{"deep":[1]},"attributes":[{"key":"k","value":{"intValue":1,"x":2},"y":3}]', read({ intValue: "1" })],
		["ids in upper case", `"traceId":"${TRACE.toUpperCase()}","spanId":"${SPAN.toUpperCase()}"`, ids],
		["ids in base64", `"traceId":"${base64(TRACE)}","spanId":"${base64(SPAN)}"`, ids],
		["a trace id of 64 bits", '"traceId":"00f067aa0ba902b7"', { traceId: "000000000000000000f067aa0ba902b7" }],
		["an empty parent", '"parentSpanId":""', { parentSpanId: null }],
		["a parent of zeros", '"parentSpanId":"0000000000000000"', { parentSpanId: null }],
		["ids in snake_case", `"parent_span_id":"${SPAN}"`, { parentSpanId: SPAN }],
		["a kind by its name", '"kind":"SPAN_KIND_SERVER"', { otelKind: "SPAN_KIND_SERVER" }],
		["a kind by its short name", '"kind":"client"', { otelKind: "SPAN_KIND_CLIENT" }],
		["a kind by its number", '"kind":5', { otelKind: "SPAN_KIND_CONSUMER" }],
		["a kind by its number as text", '"kind":"4"', { otelKind: "SPAN_KIND_PRODUCER" }],
		["a kind that does not exist", '"kind":42', { otelKind: null }],
		["a status by its name", '"status":{"code":"STATUS_CODE_ERROR"}', { statusCode: "STATUS_CODE_ERROR" }],
		["a status by its short name", '"status":{"code":"OK"}', { statusCode: "STATUS_CODE_OK" }],
		["a time as text", '"startTimeUnixNano":"1790000000123456789"', { startTimeUnixNano: 1790000000123456789n }],
		["a time as a number", '"startTimeUnixNano":1790000000123456768', { startTimeUnixNano: 1790000000123456768n }],
		["a time in snake_case", '"end_time_unix_nano":"7"', { endTimeUnixNano: 7n }],
		["a time as a fraction", '"startTimeUnixNano":1.5', { startTimeUnixNano: null }],
		["a negative time", '"startTimeUnixNano":-1', { startTimeUnixNano: null }],
		["a negative time as text", '"startTimeUnixNano":"-1"', { startTimeUnixNano: null }],
		["an empty time", '"startTimeUnixNano":""', { startTimeUnixNano: null }],
		["a time beyond 64 bits", '"startTimeUnixNano":"18446744073709551616"', { startTimeUnixNano: null }],
		["an integer as text", value('{"intValue":"-42"}'), read({ intValue: "-42" })],
		["an integer as a number", value('{"intValue":42}'), read({ intValue: "42" })],
		["an integer with leading zeros", value('{"intValue":"007"}'), read({ intValue: "7" })],
		["the least integer", value('{"intValue":"-9223372036854775808"}'), read({ intValue: "-9223372036854775808" })],
		["a negative zero", value('{"intValue":-0}'), read({ intValue: "0" })],
		["an integer beyond 64 bits", value('{"intValue":"9223372036854775808"}'), { reason: "attributes[0].intValue is not a 64-bit integer" }],
		["an integer with a fraction", value('{"intValue":1.5}'), { reason: "attributes[0].intValue is not a 64-bit integer" }],
		["a double as text", value('{"doubleValue":"0.5"}'), read({ doubleValue: 0.5 })],
		["a double that is no number", value('{"doubleValue":"NaN"}'), read({ doubleValue: "NaN" })],
		["a double beyond all", value('{"doubleValue":1e999}'), { reason: "attributes[0].doubleValue is not a number" }],
		["a boolean as text", value('{"boolValue":"true"}'), read({ boolValue: true })],
		["bytes in base64", value('{"bytesValue":"AP8="}'), read({ bytesValue: "AP8=" })],
		["bytes in base64 for URLs", value('{"bytesValue":"__8"}'), read({ bytesValue: "//8=" })],
		["an empty value", value("{}"), read({})],
		["no value", '"attributes":[{"key":"k"}]', read({})],
		["a value of an unknown kind", value('{"profileValue":1}'), read({})],
		["an empty list", value('{"arrayValue":{}}'), read({ arrayValue: { values: [] } })],
		["a bare list", value('{"arrayValue":[{"intValue":1}]}'), read({ arrayValue: { values: [{ intValue: "1" }] } })],
		["an empty map", value('{"kvlistValue":{}}'), read({ kvlistValue: { values: [] } })],
		["a list of maps", value('{"arrayValue":{"values":[{"kvlistValue":{"values":[{"key":"role","value":{"stringValue":"user"}}]}}]}}'), read({ arrayValue: { values: [{ kvlistValue: { values: [{ key: "role", value: { stringValue: "user" } }] } }] } })],
		["a value in snake_case", value('{"string_value":"s"}'), read({ stringValue: "s" })],
		["NUL and a lone surrogate", value('{"stringValue":"a\\u0000b\\ud800"}'), read({ stringValue: "a\0b\ufffd" })],
		["a number as text", value('{"stringValue":5}'), read({ stringValue: "5" })],
		["__proto__ as a key", '"attributes":[{"key":"__proto__","value":{"boolValue":true}}],"__proto__":{"kind":3}', { attributes: new Map([["__proto__", { boolValue: true }]]) }],
		["the same key twice", '"attributes":[{"key":"k","value":{"intValue":1}},{"key":"k","value":{"intValue":2}}]', read({ intValue: "2" })],
		["the same field twice", '"name":"first","name":"last"', { name: "last" }],
		["null for absent", '"attributes":null,"events":null,"links":null,"status":null,"kind":null', { events: [], links: [] }],
		["a blank name", '"name":" "', { reason: "name is missing" }],
		["an id too short", '"traceId":"5b8e"', { reason: "traceId must be 32 hex digits", sample: `5b8e/${SPAN}` }],
		["an id that is missing", '"spanId":null', { reason: "spanId is missing", sample: `${TRACE}/-` }],
		["an id that is far too long", `"spanId":"${"x".repeat(500)}"`, { sample: `${TRACE}/${"x".repeat(47)}` }],
	])("%s", (_, fields, expected) => {
		expect(decodeJsonSpan(fields)).toMatchObject(expected);
	});
});

describe("a span in protobuf", () => {
	it.each<[string, string, object]>([
		["an unknown field of every wire type", "f83f07 f93f0000000000000000 fa3f0161 fb3f0801fc3f fd3f00000000", ids],
		["a known field of another wire type", "2807 3008", { name: "n", otelKind: null }],
		["a tag that is longer than needed", "aa8080800003616263", { name: "abc" }],
		["a length that is longer than needed", "2a8380808000 006162", { name: "\0ab" }],
		["a kind in ten bytes", "3083808080808080808000", { otelKind: "SPAN_KIND_CLIENT" }],
		["a kind beyond 32 bits", "308380808080808001", { otelKind: "SPAN_KIND_CLIENT" }],
		["a negative kind", "30ffffffffffffffffff01", { otelKind: null }],
		["invalid UTF-8", "2a03 61ff62", { name: "a\ufffdb" }],
		["a surrogate in UTF-8", "2a03 eda080", { name: "\ufffd\ufffd\ufffd" }],
		["an overlong sequence", "2a02 c080", { name: "\ufffd\ufffd" }],
		["a NUL", "2a03 610062", { name: "a\0b" }],
		["the same field twice", "2a0161 2a0162", { name: "b" }],
		["a value of two kinds", "4a0a 0a016b 1205 1001 0a0173", read({ stringValue: "s" })],
		["a value of an unknown kind", "4a07 0a016b 1202 4001", read({})],
		["an empty value", "4a05 0a016b 1200", read({})],
		["a value before its key", "4a07 1202 1001 0a016b", read({ boolValue: true })],
		["a key without a value", "4a03 0a016b", read({})],
		["an integer of ten bytes", "4a10 0a016b 120b 18ffffffffffffffffff01", read({ intValue: "-1" })],
		["a negative zero", "4a0e 0a016b 1209 210000000000000080", read({ doubleValue: -0 })],
		["a trace id of 64 bits", `0a08 ${SPAN}`, { traceId: `${"0".repeat(16)}${SPAN}` }],
		["an id too short", "1202 abcd", { reason: "spanId must be 16 hex digits", sample: `${TRACE}/abcd` }],
		["an id that is missing", "0a00", { reason: "traceId is missing", sample: `-/${SPAN}` }],
		["a parent of zeros", "2208 0000000000000000", { parentSpanId: null }],
		["times of zero", "390000000000000000", { startTimeUnixNano: null }],
	])("%s", (_, fields, expected) => {
		expect(decodeProtobufSpan(fields)).toMatchObject(expected);
	});
});

describe("a body in JSON", () => {
	const body = `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${TRACE}","spanId":"${SPAN}","name":"Grüße"}]}]}]}`;
	const utf16 = Buffer.from(body, "utf16le");
	const utf32 = Buffer.from([...body].flatMap((character) => [character.charCodeAt(0), 0, 0, 0]));

	it.each<[string, Buffer]>([
		["in UTF-8", Buffer.from(body)],
		["with a byte order mark", Buffer.from(`\ufeff${body}`)],
		["between white space", Buffer.from(`\r\n\t ${body}\n\n`)],
	])("%s is read", (_, bytes) => {
		expect(decodeTraces("json", bytes).spans).toMatchObject([{ name: "Grüße" }]);
	});

	it.each<[string, Buffer]>([
		["with nothing in it", Buffer.alloc(0)],
		["of white space", Buffer.from(" \n")],
		["of nothing but a byte order mark", Buffer.from("\ufeff")],
	])("%s holds no spans", (_, bytes) => {
		expect(decodeTraces("json", bytes)).toEqual({ spans: [], rejections: [], warnings: [] });
	});

	it("in bytes that are no UTF-8 is read with U+FFFD in their place", () => {
		expect(decodeTraces("json", Buffer.from(body, "latin1")).spans).toMatchObject([{ name: "Gr\ufffd\ufffde" }]);
	});

	it.each<[string, Buffer, RegExp]>([
		["in UTF-16", utf16, /^Malformed body: it is UTF-16 or UTF-32, and JSON must be UTF-8$/],
		["in UTF-16 of the other order", Buffer.from(utf16).swap16(), /UTF-16/],
		["in UTF-16 with a byte order mark", Buffer.from(`\ufeff${body}`, "utf16le"), /UTF-16/],
		["in UTF-32", utf32, /UTF-32/],
		["with something after it", Buffer.from(`${body}x`), /^Malformed body: invalid JSON at position \d+ \(line 1/],
		["twice", Buffer.from(body + body), /^Malformed body: invalid JSON at position \d+/],
		["that ends early", Buffer.from(body.slice(0, -1)), /^Malformed body: invalid JSON at position \d+/],
		["of NULs", Buffer.alloc(10), /^Malformed body/],
		["that is compressed", Buffer.from("1f8b0800000000000003", "hex"), /^Malformed body/],
		["nested deeper than any stack", Buffer.from("[".repeat(1_000_000)), /^Malformed body: invalid JSON, nested too deep$/],
		["nested deeper than any stack, and closed", Buffer.from(`${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}`), /^Malformed request body: body must be an object$/],
	])("%s is refused", (_, bytes, message) => {
		const error = thrown(() => decodeTraces("json", bytes));
		expect(error.code).toBe("invalid_input");
		expect(error.publicMessage).toMatch(message);
	});
});
