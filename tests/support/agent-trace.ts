import { context, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { CompressionAlgorithm } from "@opentelemetry/otlp-exporter-base";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";

export interface Sender {
	encoding: "json" | "protobuf";
	gzip?: boolean;
	/** The path of the product's two that the exporter is given. */
	path?: "/api/v1/traces" | "/v1/traces";
	headers?: Record<string, string>;
}

export interface AgentTrace {
	traceId: string;
	/** By name. */
	spanIds: Record<"agent.run" | "llm.generate" | "tool.search", string>;
	/** When the exporter said that all is sent, by `performance.now()`. */
	flushedAt: number;
}

/**
 * What an instrumented agent sends, through OpenTelemetry's own SDK and exporter: a model call and a failing tool. Rejects
 * with the exporter's errors, a list, when the server does not take it.
 */
export async function sendAgentTrace(
	url: string,
	{ encoding, gzip = false, path = "/v1/traces", headers }: Sender,
	resource: Record<string, string> = {},
): Promise<AgentTrace> {
	const Exporter = encoding === "json" ? JsonExporter : ProtobufExporter;
	const compression = gzip ? CompressionAlgorithm.GZIP : CompressionAlgorithm.NONE;
	const exporter = new Exporter({ url: `${url}${path}`, compression, headers });
	const provider = new TracerProvider({
		resource: resourceFromAttributes({ "service.name": "shop-agent", ...resource }),
		spanProcessors: [new BatchSpanProcessor({ exporter })],
	});
	const tracer = provider.getTracer("shop.tracer", "2.1.0");
	const agent = tracer.startSpan("agent.run", { kind: SpanKind.SERVER, attributes: { "session.id": "session-7" } });
	const below = trace.setSpan(context.active(), agent);
	const llm = tracer.startSpan("llm.generate", { kind: SpanKind.CLIENT, attributes: LLM_ATTRIBUTES }, below);
	llm.addEvent("first token", { "token.text": "Par", "token.index": 0 });
	llm.end();
	const tool = tracer.startSpan("tool.search", { attributes: { "tool.name": "search" } }, below);
	tool.recordException(new TypeError("the index is closed"));
	tool.setStatus({ code: SpanStatusCode.ERROR, message: "search failed" });
	tool.addLink({ context: llm.spanContext(), attributes: { relation: "asked by" } });
	tool.end();
	agent.end();
	await provider.forceFlush().finally(() => provider.shutdown());
	const flushedAt = performance.now();
	return { traceId: agent.spanContext().traceId, spanIds: idsOf({ agent, llm, tool }), flushedAt };
}

export const LLM_ATTRIBUTES = {
	"gen_ai.operation.name": "chat",
	"gen_ai.request.model": "gpt-5-mini",
	"gen_ai.usage.input_tokens": 12,
	"gen_ai.usage.output_tokens": 7,
	input: "What is the capital of France?",
	output: "The capital of France is Paris.",
	temperature: 0.2,
	cached: false,
	"stop.sequences": ["END", "STOP"],
	"token.ids": [3, 1, 4],
};

function idsOf({ agent, llm, tool }: Record<"agent" | "llm" | "tool", Span>): AgentTrace["spanIds"] {
	const id = (span: Span) => span.spanContext().spanId;
	return { "agent.run": id(agent), "llm.generate": id(llm), "tool.search": id(tool) };
}
