import { OpenAIInstrumentation } from "@arizeai/openinference-instrumentation-openai";
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from "@opentelemetry/sdk-trace";
import OpenAI from "openai";
import type { AgentOptions } from "@/lib/local/demo/agent-options";

const EXPORT_DELAY_MS = 1000;
const EXPORTED = 0;

interface Options extends Pick<AgentOptions, "serverUrl" | "apiKey" | "project"> {
	/** Told how many whole traces the server has taken, or why it has not. */
	onExport(outcome: { traces: number } | { error: string }): void;
}

/** Traces this process the way any application would: the OTLP exporter, a tracer provider and the instrumented SDK. */
export function startAgentTracing({ serverUrl, apiKey, project, onExport }: Options): { shutdown(): Promise<void> } {
	const exporter = new OTLPTraceExporter({
		url: `${serverUrl}/v1/traces`,
		headers: apiKey ? { Authorization: `Bearer ${apiKey}` } : {},
	});
	const provider = new TracerProvider({
		resource: resourceFromAttributes({
			"service.name": "demo-shop-support",
			"spanwise.project": project,
			"demo.scripted": true,
		}),
		spanProcessors: [
			new BatchSpanProcessor({ exporter: watched(exporter, onExport), scheduledDelayMillis: EXPORT_DELAY_MS }),
		],
	});
	context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
	trace.setGlobalTracerProvider(provider);
	// The SDK is an ES module, which no instrumentation can patch while it is loaded.
	new OpenAIInstrumentation({ tracerProvider: provider }).manuallyInstrument(OpenAI);
	return { shutdown: () => provider.shutdown() };
}

function watched(exporter: OTLPTraceExporter, onExport: Options["onExport"]): SpanExporter {
	return {
		export: (spans, done) =>
			exporter.export(spans, (result) => {
				const traces = spans.filter((span) => !span.parentSpanContext).length;
				onExport(result.code === EXPORTED ? { traces } : { error: result.error?.message ?? "no reason given" });
				done(result);
			}),
		forceFlush: () => exporter.forceFlush(),
		shutdown: () => exporter.shutdown(),
	};
}
