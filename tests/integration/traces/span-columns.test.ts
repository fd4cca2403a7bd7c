import { describe, expect, it } from "vitest";
import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { type Sql, sql, string } from "@/lib/clickhouse/sql";
import { decodeJson } from "@/lib/otlp/decode-json";
import type { AnyValue } from "@/lib/span/any-value";
import { DERIVE_VERSION } from "@/lib/span/derived-fields";
import type { Span } from "@/lib/span/span";
import { findSpan } from "@/lib/traces/find-span";
import { microseconds, writeSpans } from "@/lib/traces/write-spans";
import { EVERY_DERIVED, EVERY_FIELD, NOTHING_DERIVED } from "@/tests/fixtures/every-field";
import { otlpRequest, otlpSpan } from "@/tests/support/otlp-request";
import { ownStores } from "@/tests/support/stores";

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

/** Written and read again. */
async function stored(span: Span) {
	await writeSpans([span]);
	const found = await findSpan(span.projectId, span.traceId, span.spanId);
	if (!found) throw new Error("no span");
	return found;
}

/** An expression over the columns of a stored span. */
async function column(expression: Sql, span: Span) {
	const where = sql`project_id = ${string(span.projectId)} AND span_id = ${string(span.spanId)}`;
	const rows = await query({
		name: "column of a span",
		sql: sql`SELECT ${expression} AS value FROM spans FINAL WHERE ${where}`,
		row: z.object({ value: z.unknown() }),
	});
	return rows[0]?.value;
}

ownStores();

describe("a span written as a row", () => {
	it("loses no field, raw texts that are attributes included", async () => {
		const raw = { input: "i", inputFrom: "string", output: "Grüße, 世界 👋", outputFrom: "string" };
		const all = [
			...spans(EVERY_FIELD),
			...spans(EVERY_FIELD, NOTHING_DERIVED),
			...spans(EVERY_FIELD, { ...EVERY_DERIVED, ...raw }),
		];
		for (const span of all) {
			const { insertedAt, insertedAtText, deriveVersion, logs, ...back } = await stored(span);
			expect(insertedAt.getTime()).toBe(Number(microseconds(insertedAtText) / 1000n));
			expect([deriveVersion, logs]).toEqual([DERIVE_VERSION, []]);
			expect(back).toEqual(span);
		}
	});

	it("holds a text that is an attribute as it stands once, and SQL reads it from there", async () => {
		const attributes = [{ key: "input", value: { stringValue: "the question" } }];
		const texts = { input: "the question", inputFrom: "input", output: "an answer", outputFrom: "log:choice" };
		const [span] = spans(otlpRequest([otlpSpan({ attributes })]), { ...EVERY_DERIVED, ...texts });
		if (!span) throw new Error("no span");
		expect(await stored(span)).toMatchObject(texts);
		expect(await column(sql`[input, raw_input, output, raw_output]`, span)).toEqual([
			...["", "the question", "an answer", "an answer"],
		]);
	});

	it("holds a long text that stands in its attribute as a head and a place, which SQL reads as we do", async () => {
		const long = `${'line \n "quoted" \\ é 世界 🙂\u0001\t/'.repeat(20)}end`;
		const messages = JSON.stringify([
			{ role: "user", content: `not ${long}` },
			{ role: "user", content: long },
		]);
		const attributes = [
			{ key: "in", value: { stringValue: messages } },
			{ key: "out", value: { stringValue: long } },
		];
		const texts = { inputText: long, outputText: long };
		for (const [input, output, charsMax] of [
			["in", "out", 80],
			["out", "in", 80],
			["log:choice", "event:x", long.length],
		] as const) {
			const fields = { ...EVERY_DERIVED, ...texts, input: "raw", inputFrom: input, output: "raw", outputFrom: output };
			const [span] = spans(otlpRequest([otlpSpan({ attributes })]), fields);
			if (!span) throw new Error("no span");
			expect(await stored(span)).toMatchObject(texts);
			expect(await column(sql`[whole_input_text, whole_output_text]`, span)).toEqual([long, long]);
			const heads = (await column(sql`[input_text, output_text]`, span)) as string[];
			for (const head of heads) {
				expect(long.startsWith(head)).toBe(true);
				expect(head.length).toBeLessThanOrEqual(charsMax);
			}
		}
	});

	it("keeps the keys __proto__ and constructor", async () => {
		const attributes = ["__proto__", "constructor", "toString"].flatMap((key) => [
			{ key, value: { intValue: "1" } },
			{ key: `${key} as text`, value: { stringValue: "t" } },
		]);
		const [span] = spans(otlpRequest([otlpSpan({ attributes: [...attributes, { key: "__proto__", value: {} }] })]));
		if (!span) throw new Error("no span");
		const back = await stored(span);
		expect(back.attributes).toEqual(span.attributes);
		expect(back.attributes.get("__proto__")).toEqual({});
	});

	it("makes every attribute filterable by its text", async () => {
		const values: AnyValue[] = [{ boolValue: true }, { intValue: "200" }, { doubleValue: 0.5 }, { stringValue: "s" }];
		const attributes = values.map((value, index) => ({ key: `k${index}`, value }));
		const [span] = spans(otlpRequest([otlpSpan({ attributes })]));
		if (!span) throw new Error("no span");
		await stored(span);
		expect(await column(sql`attributes`, span)).toEqual({ k0: "true", k1: "200", k2: "0.5", k3: "s" });
	});

	it("keeps metadata apart whose text is the same, and the keys __proto__ and constructor", async () => {
		const metadata = JSON.parse(
			'{"__proto__": 1, "constructor": "own", "five": 5, "text": "5", "half\\ud800": "\\udc00"}',
		);
		const [span] = spans(otlpRequest([otlpSpan()]), { ...EVERY_DERIVED, metadata });
		if (!span) throw new Error("no span");
		const back = (await stored(span)).metadata ?? {};
		expect(Object.entries(back)).toEqual([
			...[
				["__proto__", 1],
				["constructor", "own"],
				["five", 5],
				["text", "5"],
			],
			["half\ufffd", "\ufffd"],
		]);
		expect(await column(sql`metadata['five']`, span)).toBe("5");
	});

	it("leaves a count out that is no whole number, which its column could not hold", async () => {
		const usage = { input: 1.5, output: Number.NaN, total: -1, reasoning: 1e21, cache_read: 0, audio_input: 2 ** 52 };
		const [span] = spans(otlpRequest([otlpSpan()]), { ...EVERY_DERIVED, usage });
		if (!span) throw new Error("no span");
		expect((await stored(span)).usage).toEqual({ cache_read: 0, audio_input: 2 ** 52 });
	});

	it("makes derived text well-formed", async () => {
		const [span] = spans(otlpRequest([otlpSpan()]), { ...EVERY_DERIVED, outputText: "a\ud800", tags: ["\udfff"] });
		if (!span) throw new Error("no span");
		expect(await stored(span)).toMatchObject({ outputText: "a\ufffd", tags: ["\ufffd"] });
	});

	it("keeps long texts of any alphabet beside many short spans", async () => {
		const long = ["a".repeat(127), "b".repeat(128), "é".repeat(70_000), "世".repeat(300_000), "\0".repeat(16_384)];
		const request = otlpRequest(
			long.map((value) => otlpSpan({ attributes: [{ key: "long", value: { stringValue: value } }] })),
		);
		const written = spans(request, NOTHING_DERIVED);
		await writeSpans(written);
		for (const span of written) {
			const back = await findSpan(span.projectId, span.traceId, span.spanId);
			expect(back?.attributes).toEqual(span.attributes);
		}
	});
});

describe("microseconds()", () => {
	it.each([
		["2026-11-22 03:10:40.123456", 1795317040123456n],
		["2026-11-22 03:10:40", 1795317040000000n],
		["1970-01-01 00:00:00.000009", 9n],
	])("of %s are %s", (moment, count) => {
		expect(microseconds(moment)).toBe(count);
	});
});
