import { describe, expect, it } from "vitest";
import { decodeLogs } from "@/lib/otlp/decode-logs";
import { decodeTraces } from "@/lib/otlp/decode-traces";
import type { Decoded } from "@/lib/otlp/decoded";
import { CUT_ATTRIBUTE, LIMITS } from "@/lib/otlp/limits";
import { type AnyValue, type Attributes, anyValuePlain, type KeyValue } from "@/lib/span/any-value";
import type { ReportedSpan } from "@/lib/span/span";
import { encodeOtlp, encodeOtlpLogs } from "@/tests/support/encode-otlp";
import { thrown } from "@/tests/support/failure";
import {
	jsonBody,
	type OtlpLogRequest,
	type OtlpRequest,
	type OtlpSpan,
	otlpLog,
	otlpLogRequest,
	otlpRequest,
	otlpSpan,
} from "@/tests/support/otlp-request";
import { oneSpelling } from "./one-spelling";

const IDS = { traceId: "ab".repeat(16), spanId: "cd".repeat(8) };
const MARK = /… \[cut by Spanwise: (\d+) of (\d+) bytes kept\]$/;

/** Decodes the request in both encodings, which must agree in everything but the spelling of the paths. */
function decode(request: OtlpRequest): Decoded {
	const json = decodeTraces("json", jsonBody(request));
	expect(oneSpelling(decodeTraces("protobuf", encodeOtlp(request)))).toEqual(json);
	return json;
}

function decodeSpan(fields: OtlpSpan): { span: ReportedSpan; warnings: string[] } {
	const { spans, rejections, warnings } = decode(otlpRequest([otlpSpan({ ...IDS, ...fields })]));
	const [span] = spans;
	if (!span || rejections.length > 0) throw new Error("the span must be kept");
	return { span, warnings };
}

function told(attributes: Attributes): unknown {
	const value = attributes.get(CUT_ATTRIBUTE);
	return value && anyValuePlain(value);
}

function text(key: string, stringValue: string): KeyValue {
	return { key, value: { stringValue } };
}

function nested(depth: number, wrap: (inner: AnyValue) => AnyValue): AnyValue {
	return Array.from({ length: depth }).reduce<AnyValue>(wrap, { stringValue: "innermost" });
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => text(`key ${index}`, "v"));

describe("limits of a span", () => {
	it("leave alone what just fits", () => {
		const { span, warnings } = decodeSpan({
			name: "n".repeat(LIMITS.nameBytes),
			traceState: "é".repeat(LIMITS.nameBytes / 2),
			status: { code: 2, message: "m".repeat(LIMITS.valueBytes) },
			attributes: [
				text("k".repeat(LIMITS.keyBytes), "世".repeat(Math.floor(LIMITS.valueBytes / 3))),
				{ key: "bytes", value: { bytesValue: Buffer.alloc(LIMITS.valueBytes, 7).toString("base64") } },
				{ key: "deep", value: nested(LIMITS.depth, (inner) => ({ arrayValue: { values: [inner] } })) },
			],
		});
		expect(warnings).toEqual([]);
		expect(told(span.attributes)).toBeUndefined();
		expect(span.name).toHaveLength(LIMITS.nameBytes);
		expect(span.attributes.get("deep")).toEqual(nested(LIMITS.depth, (inner) => ({ arrayValue: { values: [inner] } })));
	});

	it.each([
		["a", 1],
		["é", 2],
		["世", 3],
		["👋", 4],
	])("cut a text of %s at a character and say so in it, on the span and in the answer", (character, size) => {
		// One byte before, so that the limit falls into the middle of a character.
		const value = `x${character.repeat(Math.ceil((LIMITS.valueBytes + 100) / size))}`;
		const bytes = Buffer.byteLength(value);
		const { span, warnings } = decodeSpan({ attributes: [text("small", "kept"), text("input", value)] });
		const cut = span.attributes.get("input");
		if (!cut || !("stringValue" in cut)) throw new Error("the value must stay a text");
		const [mark = "", kept = "", sent = ""] = MARK.exec(cut.stringValue) ?? [];
		const whole = cut.stringValue.slice(0, -mark.length);
		expect(Buffer.byteLength(whole)).toBe(Number(kept));
		expect(Number(kept)).toBeLessThanOrEqual(LIMITS.valueBytes);
		expect(Number(kept)).toBeGreaterThan(LIMITS.valueBytes - size);
		expect(value.startsWith(whole)).toBe(true);
		expect(Number(sent)).toBe(bytes);
		expect(told(span.attributes)).toEqual([`attributes[input]: ${kept} of ${bytes} bytes kept`]);
		expect(warnings).toEqual([`resourceSpans[0].scopeSpans[0].spans[0].attributes[1]: ${kept} of ${bytes} bytes kept`]);
		expect(span.attributes.get("small")).toEqual({ stringValue: "kept" });
	});

	it("cut bytes, and mark them too", () => {
		const bytes = Buffer.alloc(LIMITS.valueBytes + 5, 7);
		const { span } = decodeSpan({ attributes: [{ key: "image", value: { bytesValue: bytes.toString("base64") } }] });
		const cut = span.attributes.get("image");
		const kept = Buffer.from(cut && "bytesValue" in cut ? cut.bytesValue : "", "base64");
		expect(kept.subarray(0, LIMITS.valueBytes).equals(bytes.subarray(0, LIMITS.valueBytes))).toBe(true);
		expect(kept.toString("utf8", LIMITS.valueBytes)).toBe("… [cut by Spanwise: 4194304 of 4194309 bytes kept]");
		expect(told(span.attributes)).toEqual(["attributes[image]: 4194304 of 4194309 bytes kept"]);
	});

	it("cut names, trace state, status message and keys", () => {
		const long = "l".repeat(LIMITS.nameBytes + 1);
		const key = "k".repeat(LIMITS.keyBytes + 1);
		const { span } = decodeSpan({
			name: long,
			traceState: long,
			attributes: [text(key, "v")],
			events: [{ name: long }],
			links: [{ ...IDS, traceState: long }],
			status: { code: 2, message: "m".repeat(LIMITS.valueBytes + 1) },
		});
		for (const cut of [span.name, span.traceState, span.events[0]?.name, span.links[0]?.traceState]) {
			expect(cut).toBe(`${long.slice(1)}… [cut by Spanwise: 16384 of 16385 bytes kept]`);
		}
		expect(span.statusMessage).toMatch(MARK);
		expect([...span.attributes.keys()]).toEqual([
			`${key.slice(1)}… [cut by Spanwise: 1024 of 1025 bytes kept]`,
			CUT_ATTRIBUTE,
		]);
		expect(told(span.attributes)).toEqual([
			"traceState: 16384 of 16385 bytes kept",
			"name: 16384 of 16385 bytes kept",
			"attributes[0].key: 1024 of 1025 bytes kept",
			"events[0].name: 16384 of 16385 bytes kept",
			"links[0].traceState: 16384 of 16385 bytes kept",
			"status.message: 4194304 of 4194305 bytes kept",
		]);
	});

	it("drop and count attributes beyond the limit, but let a known key have its last value", () => {
		const attributes = [...numbered(LIMITS.attributes + 3), text("key 0", "last"), text("new", "v")];
		const { span } = decodeSpan({ attributes, droppedAttributesCount: 5 });
		expect(span.attributes.size).toBe(LIMITS.attributes + 1);
		expect(span.attributes.get("key 0")).toEqual({ stringValue: "last" });
		expect(span.attributes.has(`key ${LIMITS.attributes - 1}`)).toBe(true);
		expect(span.attributes.has(`key ${LIMITS.attributes}`)).toBe(false);
		expect(span.droppedAttributesCount).toBe(9);
		expect(told(span.attributes)).toEqual(["attributes: 16384 kept, 4 dropped"]);
	});

	it("find a known key that is too long among too many", () => {
		const long = "k".repeat(LIMITS.keyBytes + 1);
		const attributes = [text(long, "first"), ...numbered(LIMITS.attributes), text(long, "last")];
		const { span } = decodeSpan({ attributes });
		expect(span.droppedAttributesCount).toBe(1);
		expect(span.attributes.get(`${long.slice(1)}… [cut by Spanwise: 1024 of 1025 bytes kept]`)).toEqual({
			stringValue: "last",
		});
	});

	it("drop and count events and links beyond the limit, and attributes of these", () => {
		const attributes = numbered(LIMITS.attributes + 2);
		const { span } = decodeSpan({
			events: [{ name: "first", attributes }, ...Array.from({ length: LIMITS.events }, () => ({ name: "e" }))],
			links: [{ ...IDS, attributes }, ...Array.from({ length: LIMITS.links + 1 }, () => IDS)],
			droppedEventsCount: 1,
			droppedLinksCount: 0xffffffff,
		});
		expect(span).toMatchObject({ droppedEventsCount: 2, droppedLinksCount: 0xffffffff });
		expect([span.events.length, span.links.length]).toEqual([LIMITS.events, LIMITS.links]);
		expect(span.events[0]).toMatchObject({ name: "first", droppedAttributesCount: 2 });
		expect(span.links[0]).toMatchObject({ droppedAttributesCount: 2 });
		expect(told(span.attributes)).toEqual([
			"events[0].attributes: 16384 kept, 2 dropped",
			"links[0].attributes: 16384 kept, 2 dropped",
			"events: 10000 kept, 1 dropped",
			"links: 10000 kept, 2 dropped",
		]);
	});

	it("keep a span whose link has unreadable ids, without the link", () => {
		const links = [{ traceId: "abcd", spanId: IDS.spanId }, IDS, { traceId: IDS.traceId, spanId: "ef" }];
		const { span, warnings } = decodeSpan({ links, droppedLinksCount: 1 });
		expect(span.links).toMatchObject([IDS]);
		expect(span.droppedLinksCount).toBe(3);
		expect(told(span.attributes)).toEqual([
			"links[0]: dropped, traceId must be 32 hex digits",
			"links[2]: dropped, spanId must be 16 hex digits",
		]);
		expect(warnings).toHaveLength(2);
	});

	it("replace what is nested too deep by a text, and tell long paths in short", () => {
		const inMap = (inner: AnyValue): AnyValue => ({ kvlistValue: { values: [{ key: "k", value: inner }] } });
		const inList = (inner: AnyValue): AnyValue => ({ arrayValue: { values: [{}, inner] } });
		for (const wrap of [inMap, inList]) {
			const { span, warnings } = decodeSpan({ attributes: [{ key: "deep", value: nested(300, wrap) }] });
			const stops: AnyValue = { stringValue: "… [cut by Spanwise: nested deeper than 256]" };
			const cut = Array.from({ length: LIMITS.depth }).reduce<AnyValue>(wrap, wrap === inMap ? wrap(stops) : stops);
			if (wrap === inMap) expect(JSON.stringify(span.attributes.get("deep"))).toBe(JSON.stringify(cut));
			expect(JSON.stringify(span.attributes.get("deep"))).toContain("nested deeper than 256]");
			expect(JSON.stringify(span.attributes.get("deep"))).not.toContain("innermost");
			for (const line of [...warnings, ...[told(span.attributes)].flat().map(String)]) {
				expect(line).toMatch(/…/);
				expect(line.length).toBeLessThan(200);
			}
		}
	});

	it("cut a resource and a scope, which keep their spans", () => {
		const request: OtlpRequest = {
			resourceSpans: [
				{
					resource: { attributes: [text("big", "v".repeat(LIMITS.valueBytes + 1))], droppedAttributesCount: 1 },
					scopeSpans: [
						{
							scope: { name: "s".repeat(LIMITS.nameBytes + 1), attributes: numbered(LIMITS.attributes + 1) },
							spans: [otlpSpan(IDS)],
							schemaUrl: "u".repeat(LIMITS.nameBytes + 1),
						},
					],
				},
			],
		};
		const { spans, warnings } = decode(request);
		const [span] = spans;
		expect(told(span?.resource.attributes ?? new Map())).toEqual(["attributes[big]: 4194304 of 4194305 bytes kept"]);
		expect(span?.scope.name).toMatch(MARK);
		expect(span?.scope.schemaUrl).toMatch(MARK);
		expect(span?.scope.droppedAttributesCount).toBe(1);
		expect(told(span?.scope.attributes ?? new Map())).toEqual([
			"name: 16384 of 16385 bytes kept",
			"attributes: 16384 kept, 1 dropped",
		]);
		expect(span?.attributes.size).toBe(0);
		expect(warnings).toHaveLength(4);
	});

	it("tell the first cuts of a span and the number of the others", () => {
		const attributes = Array.from({ length: 25 }, (_, index) => text(`${index} ${"k".repeat(LIMITS.keyBytes)}`, "v"));
		const { span, warnings } = decodeSpan({ attributes });
		const list = told(span.attributes);
		expect(list).toHaveLength(LIMITS.toldCuts + 1);
		expect(list).toContain("and 5 more");
		expect(warnings).toHaveLength(LIMITS.toldCuts + 1);
		expect(warnings.at(-1)).toBe("and 5 more");
	});

	it("tell of a whole request the first cuts and the number of the others, without keys and content", () => {
		const long = `secret ${"n".repeat(LIMITS.nameBytes)}`;
		const spans = Array.from({ length: 30 }, () => otlpSpan({ name: long, attributes: [text(long, long)] }));
		const { warnings } = decode(otlpRequest(spans));
		expect(warnings).toHaveLength(LIMITS.toldCuts + 1);
		expect(warnings.at(-1)).toBe("and 40 more");
		for (const warning of warnings) expect(warning).not.toContain("secret");
	});

	it("tell nothing of a span that is rejected", () => {
		const { rejections, warnings } = decode(
			otlpRequest([otlpSpan({ ...IDS, spanId: "abcd", name: "n".repeat(LIMITS.nameBytes + 1) }), otlpSpan(IDS)]),
		);
		expect(rejections).toHaveLength(1);
		expect(warnings).toEqual([]);
	});
});

describe("limits of log records", () => {
	function decodeRecords(request: OtlpLogRequest) {
		const json = decodeLogs("json", jsonBody(request));
		expect(oneSpelling(decodeLogs("protobuf", encodeOtlpLogs(request)))).toEqual(json);
		return json;
	}

	it("are those of spans", () => {
		const record = otlpLog({
			severityText: "s".repeat(LIMITS.nameBytes + 1),
			eventName: `gen_ai.${"e".repeat(LIMITS.nameBytes)}`,
			body: { stringValue: "b".repeat(LIMITS.valueBytes + 1) },
			attributes: numbered(LIMITS.attributes + 1),
		});
		const { logs, warnings } = decodeRecords(otlpLogRequest([record]));
		const [log] = logs;
		expect(log?.severityText).toMatch(MARK);
		expect(log?.eventName).toMatch(MARK);
		expect(told(log?.attributes ?? new Map())).toEqual([
			"severityText: 16384 of 16385 bytes kept",
			"body: 4194304 of 4194305 bytes kept",
			"eventName: 16384 of 16391 bytes kept",
			"attributes: 16384 kept, 1 dropped",
		]);
		expect(warnings).toHaveLength(4);
	});

	it("warn of nothing in records that are not kept", () => {
		const record = otlpLog({ eventName: "", body: { stringValue: "b".repeat(LIMITS.valueBytes + 1) } });
		expect(decodeRecords(otlpLogRequest([record]))).toEqual({ logs: [], dropped: 1, rejections: [], warnings: [] });
	});
});

describe("limits of a request", () => {
	const many = (count: number) => otlpRequest(Array.from({ length: count }, () => ({ ...IDS, name: "n" })));

	it("take as many spans as are allowed and refuse more, in both encodings, before any is kept", () => {
		expect(decode(many(LIMITS.records)).spans).toHaveLength(LIMITS.records);
		const request = many(LIMITS.records + 1);
		for (const run of [
			() => decodeTraces("json", jsonBody(request)),
			() => decodeTraces("protobuf", encodeOtlp(request)),
		]) {
			expect(thrown(run)).toMatchObject({
				code: "payload_too_large",
				publicMessage: "The request holds 50001 spans, and at most 50000 are taken at once: send smaller batches",
			});
		}
	}, 60_000);

	it("count malformed spans, and spans over all resources and scopes", () => {
		const spans = Array.from({ length: 25_000 }, () => ({}));
		const part = { scopeSpans: [{ spans }, { spans: [{}] }] };
		for (const body of [jsonBody({ resourceSpans: [part, part] }), encodeOtlp({ resourceSpans: [part, part] })]) {
			const encoding = body[0] === 0x7b ? "json" : "protobuf";
			expect(thrown(() => decodeTraces(encoding, body)).publicMessage).toMatch(/^The request holds 50002 spans/);
		}
	});

	it("are the same for log records", () => {
		const request = otlpLogRequest(Array.from({ length: LIMITS.records + 1 }, () => ({})));
		for (const run of [
			() => decodeLogs("json", jsonBody(request)),
			() => decodeLogs("protobuf", encodeOtlpLogs(request)),
		]) {
			expect(thrown(run)).toMatchObject({
				code: "payload_too_large",
				publicMessage: expect.stringMatching(/^The request holds 50001 log records/),
			});
		}
	});

	it("refuse a small protobuf body that would become more values than memory holds", () => {
		const value = field(5, Buffer.alloc((LIMITS.parts + 1) * 2, Buffer.from([0x0a, 0])));
		const attribute = Buffer.concat([field(1, Buffer.from("k")), field(2, value)]);
		const ids = [field(1, Buffer.alloc(16, 1)), field(2, Buffer.alloc(8, 1)), field(5, Buffer.from("n"))];
		const body = field(1, field(2, field(2, Buffer.concat([...ids, field(9, attribute)]))));
		expect(thrown(() => decodeTraces("protobuf", body))).toMatchObject({ code: "payload_too_large" });
	}, 60_000);

	it("refuse a JSON body of more objects than memory holds before it is parsed, and no text that looks like one", () => {
		const objects = Buffer.from(`{"resourceSpans":[${"{},".repeat(LIMITS.jsonStructures)}{}]}`);
		expect(thrown(() => decodeTraces("json", objects))).toMatchObject({ code: "payload_too_large" });
		const brackets = `\\"${"[{".repeat(LIMITS.jsonStructures * 2)}`;
		const attributes = [{ key: "k", value: { stringValue: "TEXT" } }];
		const body = JSON.stringify(otlpRequest([otlpSpan({ attributes })])).replace("TEXT", brackets);
		expect(decodeTraces("json", Buffer.from(body)).spans).toHaveLength(1);
	}, 60_000);
});

function field(number: number, value: Buffer): Buffer {
	return Buffer.concat([varint((number << 3) | 2), varint(value.length), value]);
}

function varint(value: number): Buffer {
	const bytes: number[] = [];
	for (let rest = value; ; rest = Math.floor(rest / 128)) {
		if (rest < 128) return Buffer.from([...bytes, rest]);
		bytes.push((rest % 128) | 0x80);
	}
}
