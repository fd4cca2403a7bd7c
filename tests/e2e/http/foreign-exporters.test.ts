import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type FlakyProxy, startFlakyProxy } from "@/tests/support/flaky-proxy";
import { FOREIGN_EXPORTERS, prepareExporter, runTool } from "@/tests/support/foreign-exporter";
import { createProject } from "@/tests/support/judged-project";
import { decodeExportResponse } from "@/tests/support/otlp-answer";
import { getTrace, mustCall } from "@/tests/support/rest-client";

const url = inject("appUrl");
const BUILD_MS_MAX = 300_000;

interface Sent {
	traceId: string;
	spanIds: Record<string, string>;
}

/** What each SDK says of spans that were not, or not wholly, kept; null for one that says nothing of it to its user. */
const TOLD: Record<string, RegExp | null> = { python: null, go: /partial success.*name is missing/i, java: null };

describe.each(FOREIGN_EXPORTERS)("OpenTelemetry's exporter of $language", (exporter) => {
	let missing: string | null = null;
	let proxy: FlakyProxy;
	let project: { id: string; name: string };
	let sent: Sent;
	let output: string;

	beforeAll(async () => {
		const prepared = await prepareExporter(exporter);
		if ("missing" in prepared) {
			missing = prepared.missing;
			console.warn(`SKIPPED: the exporter of ${exporter.language}: ${missing}`);
			return;
		}
		proxy = await startFlakyProxy(url);
		project = await createProject(url);
		const env = {
			OTEL_EXPORTER_OTLP_ENDPOINT: proxy.url,
			OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
			OTEL_EXPORTER_OTLP_COMPRESSION: "gzip",
			OTEL_RESOURCE_ATTRIBUTES: `service.name=shop-agent,spanwise.project=${project.name}`,
			OTEL_METRICS_EXPORTER: "none",
			OTEL_LOGS_EXPORTER: "none",
		};
		const ran = await runTool(exporter.run, { cwd: prepared.folder, secondsMax: 60, env });
		if (ran.code !== 0) throw new Error(`the program ended with ${ran.code}:\n${ran.output}`);
		sent = JSON.parse(ran.stdout) as Sent;
		output = ran.output;
	}, BUILD_MS_MAX);
	afterAll(() => proxy?.close());

	it("sends gzipped protobuf, comes back after a 503, and is acknowledged once", ({ skip }) => {
		if (missing !== null) skip(missing);
		const [refused, again] = proxy.calls;
		expect(proxy.calls.map(({ status }) => status)).toEqual([503, 200, 200]);
		expect(again?.path).toBe("/v1/traces");
		expect(again?.headers).toMatchObject({ "content-type": "application/x-protobuf", "content-encoding": "gzip" });
		expect(again && gunzipSync(again.body)).toEqual(refused && gunzipSync(refused.body));
		expect(again?.answer).toHaveLength(0);
	});

	it("its spans are stored with every value", async ({ skip }) => {
		if (missing !== null) skip(missing);
		const trace = await getTrace(url, sent.traceId);
		expect(trace).toMatchObject({ projectId: project.id, rootSpanName: "agent.run" });
		const span = (name: string) => trace.spans.find((stored) => stored.name === name);
		expect(span("agent.run")).toMatchObject({
			spanId: sent.spanIds["agent.run"],
			parentSpanId: null,
			kind: "SPAN_KIND_SERVER",
			attributes: { "service.name": "shop-agent", "session.id": "session-7" },
			scope: { name: "shop.tracer", version: "2.1.0" },
		});
		expect(span("llm.generate")).toMatchObject({
			spanId: sent.spanIds["llm.generate"],
			parentSpanId: sent.spanIds["agent.run"],
			kind: "SPAN_KIND_CLIENT",
			attributes: {
				"gen_ai.request.temperature": 0.25,
				"gen_ai.response.finish_reasons": ["stop"],
				cached: false,
				"token.ids": [3, 1, 4],
				big: "9007199254740993",
			},
			events: [{ name: "first token", attributes: { "token.index": 0 } }],
		});
		expect(span("tool.search")).toMatchObject({
			parentSpanId: sent.spanIds["agent.run"],
			statusCode: "STATUS_CODE_ERROR",
			statusMessage: "search failed",
			events: [{ name: "exception", attributes: { "exception.message": "the index is closed" } }],
			links: [{ traceId: sent.traceId, spanId: sent.spanIds["llm.generate"], attributes: { relation: "asked by" } }],
		});
	});

	it("its model call is understood and priced", async ({ skip }) => {
		if (missing !== null) skip(missing);
		const spans = await mustCall<Record<string, unknown>[]>(url, `/api/v1/traces/${sent.traceId}/spans`);
		expect(spans.find(({ name }) => name === "llm.generate")).toMatchObject({
			kind: "llm",
			provider: "openai",
			request_model: "gpt-4o",
			finish_reason: "stop",
			cost_usd: 0.0035,
			input_text: "Grüße aus 東京 👋",
			output_text: "Paris.",
			usage: { input: 1000, output: 100, total: 1100 },
		});
	});

	it("a partial success is no failure: the rest is stored, nothing is sent again, and the reason is told", async ({
		skip,
	}) => {
		if (missing !== null) skip(missing);
		const answer = decodeExportResponse(proxy.calls[2]?.answer ?? Buffer.alloc(0));
		// The Java SDK sends no span that must be rejected; of it, a value too long is cut.
		expect(answer).toEqual(
			exporter.language === "java"
				? { rejectedSpans: 0, errorMessage: expect.stringMatching(/4194304 of 5242880 bytes kept/) }
				: { rejectedSpans: 1, errorMessage: expect.stringContaining("name is missing") },
		);
		const names = (await getTrace(url, sent.traceId)).spans.map(({ name }) => name);
		expect(names.filter((name) => name === "after")).toHaveLength(1);
		expect(names).toHaveLength(exporter.language === "java" ? 5 : 4);
		const told = TOLD[exporter.language];
		if (told) expect(output).toMatch(told);
		expect(output).not.toMatch(/failed to export|dropp/i);
	});
});
