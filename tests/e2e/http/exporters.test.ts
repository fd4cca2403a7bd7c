import { gunzipSync } from "node:zlib";
import { DiagLogLevel, diag } from "@opentelemetry/api";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { CompressionAlgorithm } from "@opentelemetry/otlp-exporter-base";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { LLM_ATTRIBUTES, type Sender, sendAgentTrace } from "@/tests/support/agent-trace";
import { eventually } from "@/tests/support/eventually";
import { type FakeJudge, startFakeJudge, verdict } from "@/tests/support/fake-judge";
import { type FlakyProxy, startFlakyProxy } from "@/tests/support/flaky-proxy";
import { createJudgedProject, endedEvaluations, type JudgedProject } from "@/tests/support/judged-project";
import { getTrace, type SpanView } from "@/tests/support/rest-client";

const url = inject("appUrl");
const VISIBLE_MS = 2000;
const JUDGED_MS = 5000;

const SENDERS: Sender[] = [
	{ encoding: "protobuf" },
	{ encoding: "protobuf", gzip: true, path: "/api/v1/traces" },
	{ encoding: "json" },
	{ encoding: "json", gzip: true, path: "/api/v1/traces" },
];

describe.each(SENDERS)("OpenTelemetry's exporter, $encoding, gzip $gzip", (sender) => {
	let judge: FakeJudge;
	let judged: JudgedProject;

	beforeAll(async () => {
		judge = await startFakeJudge(() => verdict(0.9, "it names Paris"));
		judged = await createJudgedProject(url, judge.url);
	});
	afterAll(() => judge.close());

	it("its spans are visible within 2 s of the flush and judged within 5 s", async () => {
		const sent = await sendAgentTrace(url, sender, { "dokimos.project": judged.project.name });
		const trace = await eventually(() => getTrace(url, sent.traceId), { timeoutMs: VISIBLE_MS, intervalMs: 20 });
		expect(performance.now() - sent.flushedAt).toBeLessThan(VISIBLE_MS);
		expect(trace).toMatchObject({ projectId: judged.project.id, rootSpanName: "agent.run", spanCount: 3 });

		const [agent, llm, tool] = byName(trace.spans, ["agent.run", "llm.generate", "tool.search"]);
		expect(agent).toMatchObject({
			spanId: sent.spanIds["agent.run"],
			parentSpanId: null,
			kind: "SPAN_KIND_SERVER",
			statusCode: null,
			attributes: { "service.name": "shop-agent", "session.id": "session-7" },
			scope: { name: "shop.tracer", version: "2.1.0" },
		});
		expect(llm).toMatchObject({
			spanId: sent.spanIds["llm.generate"],
			parentSpanId: sent.spanIds["agent.run"],
			kind: "SPAN_KIND_CLIENT",
			inputText: LLM_ATTRIBUTES.input,
			outputText: LLM_ATTRIBUTES.output,
			attributes: LLM_ATTRIBUTES,
			events: [{ name: "first token", attributes: { "token.text": "Par", "token.index": 0 } }],
		});
		expect(tool).toMatchObject({
			spanId: sent.spanIds["tool.search"],
			parentSpanId: sent.spanIds["agent.run"],
			statusCode: "STATUS_CODE_ERROR",
			statusMessage: "search failed",
			events: [
				{
					name: "exception",
					attributes: {
						"exception.type": "TypeError",
						"exception.message": "the index is closed",
						"exception.stacktrace": expect.stringContaining("TypeError: the index is closed"),
					},
				},
			],
			links: [{ traceId: sent.traceId, spanId: llm?.spanId, attributes: { relation: "asked by" } }],
		});
		for (const span of trace.spans) {
			expect(BigInt(span.endTimeUnixNano ?? 0)).toBeGreaterThanOrEqual(BigInt(span.startTimeUnixNano ?? "1"));
		}

		const evaluations = await endedEvaluations(url, sent.traceId, 1, JUDGED_MS);
		expect(performance.now() - sent.flushedAt).toBeLessThan(JUDGED_MS);
		expect(evaluations).toMatchObject([
			{ spanId: llm?.id, status: "SUCCEEDED", score: 0.9, success: true, reason: "it names Paris", attemptCount: 1 },
		]);
		expect(judge.calls).toHaveLength(1);
	});
});

describe.each(SENDERS)(
	"OpenTelemetry's exporter, $encoding, gzip $gzip, behind a proxy that refuses at first",
	(sender) => {
		let proxy: FlakyProxy;
		let warnings: string;

		beforeEach(async () => {
			proxy = await startFlakyProxy(url);
			warnings = "";
			const ignored = () => {};
			const warn = (...values: unknown[]) => {
				warnings += `${values.map(String).join(" ")}\n`;
			};
			diag.setLogger({ verbose: ignored, debug: ignored, info: ignored, warn, error: warn }, DiagLogLevel.WARN);
		});
		afterEach(async () => {
			diag.disable();
			await proxy.close();
		});

		it("sends the same again after a 503 and loses nothing", async () => {
			const { traceId } = await sendAgentTrace(proxy.url, sender);
			const [refused, again] = proxy.calls;
			expect(proxy.calls.map(({ status }) => status)).toEqual([503, 200]);
			const unpacked = (body: Buffer = Buffer.alloc(0)): Buffer => (sender.gzip ? gunzipSync(body) : body);
			expect(unpacked(again?.body)).toEqual(unpacked(refused?.body));
			expect((await getTrace(url, traceId)).spanCount).toBe(3);
		});

		it("tells its user of a span that was left out, and does not send it again", async () => {
			const Exporter = sender.encoding === "json" ? JsonExporter : ProtobufExporter;
			const compression = sender.gzip ? CompressionAlgorithm.GZIP : CompressionAlgorithm.NONE;
			const exporter = new Exporter({ url: `${proxy.url}${sender.path ?? "/v1/traces"}`, compression });
			const provider = new TracerProvider({
				resource: resourceFromAttributes({ "service.name": "shop-agent" }),
				spanProcessors: [new SimpleSpanProcessor({ exporter })],
			});
			const tracer = provider.getTracer("shop.tracer");
			tracer.startSpan(" ").end();
			await provider.forceFlush();
			const kept = tracer.startSpan("kept");
			kept.end();
			await provider.shutdown();
			expect(proxy.calls.map(({ status }) => status)).toEqual([503, 200, 200]);
			expect(warnings).toMatch(/partial success.*name is missing/is);
			expect((await getTrace(url, kept.spanContext().traceId)).spanCount).toBe(1);
		});
	},
);

function byName(spans: SpanView[], names: string[]): (SpanView | undefined)[] {
	return names.map((name) => spans.find((span) => span.name === name));
}
