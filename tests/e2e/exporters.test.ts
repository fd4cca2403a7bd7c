import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { LLM_ATTRIBUTES, type Sender, sendAgentTrace } from "@/tests/support/agent-trace";
import { eventually } from "@/tests/support/eventually";
import { type FakeJudge, startFakeJudge, verdict } from "@/tests/support/fake-judge";
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
			...{ spanId: sent.spanIds["agent.run"], parentSpanId: null, kind: "SPAN_KIND_SERVER", statusCode: null },
			attributes: { "service.name": "shop-agent", "session.id": "session-7" },
			scope: { name: "shop.tracer", version: "2.1.0" },
		});
		expect(llm).toMatchObject({
			...{ spanId: sent.spanIds["llm.generate"], parentSpanId: sent.spanIds["agent.run"], kind: "SPAN_KIND_CLIENT" },
			...{ inputText: LLM_ATTRIBUTES.input, outputText: LLM_ATTRIBUTES.output },
			attributes: LLM_ATTRIBUTES,
			events: [{ name: "first token", attributes: { "token.text": "Par", "token.index": 0 } }],
		});
		expect(tool).toMatchObject({
			...{ spanId: sent.spanIds["tool.search"], parentSpanId: sent.spanIds["agent.run"] },
			...{ statusCode: "STATUS_CODE_ERROR", statusMessage: "search failed" },
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

function byName(spans: SpanView[], names: string[]): (SpanView | undefined)[] {
	return names.map((name) => spans.find((span) => span.name === name));
}
