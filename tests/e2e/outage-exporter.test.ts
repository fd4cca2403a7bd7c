import { ROOT_CONTEXT, trace } from "@opentelemetry/api";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { CompressionAlgorithm } from "@opentelemetry/otlp-exporter-base";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sleep } from "@/lib/time";
import { type App, answersAgain, startApp } from "@/tests/support/app-server";
import { eventually } from "@/tests/support/eventually";
import { HAS_PROC } from "@/tests/support/processes";
import { call, type TraceView } from "@/tests/support/rest-client";

const PAUSE_MS = 12_000;
const SPAN_EVERY_MS = 20;
const SPANS_PER_TRACE = 50;

// What an application sets that must not lose spans over a minute without its collector. An exporter tries a batch at most
// six times and within its timeout, ten seconds by default; the processor waits for it for thirty, and keeps 2048 spans.
const PATIENT = {
	exporter: { timeoutMillis: 90_000 },
	processor: { exportTimeoutMillis: 95_000, maxQueueSize: 16_384, maxExportBatchSize: 256, scheduledDelayMillis: 500 },
};

const EXPORTERS = [
	{ name: "protobuf, gzip", Exporter: ProtobufExporter, compression: CompressionAlgorithm.GZIP },
	{ name: "http/json", Exporter: JsonExporter, compression: CompressionAlgorithm.NONE },
];

/** An application that ends a span every few milliseconds until it is told to stop. */
function startApplication(url: string, { name, Exporter, compression }: (typeof EXPORTERS)[number]) {
	const exporter = new Exporter({ url: `${url}/v1/traces`, compression, ...PATIENT.exporter });
	const provider = new TracerProvider({
		resource: resourceFromAttributes({ "service.name": name }),
		spanProcessors: [new BatchSpanProcessor({ exporter, ...PATIENT.processor })],
	});
	const tracer = provider.getTracer("outage");
	const sent = new Map<string, string[]>();
	let parent = tracer.startSpan("run");
	const timer = setInterval(() => {
		const { traceId } = parent.spanContext();
		const below = sent.get(traceId) ?? [];
		sent.set(traceId, below);
		const context = trace.setSpanContext(ROOT_CONTEXT, parent.spanContext());
		const span = tracer.startSpan("step", { attributes: { input: "a question", output: "an answer" } }, context);
		span.end();
		below.push(span.spanContext().spanId);
		if (below.length === SPANS_PER_TRACE) endRun();
	}, SPAN_EVERY_MS);
	const endRun = () => {
		parent.end();
		const { traceId, spanId } = parent.spanContext();
		sent.get(traceId)?.push(spanId);
		parent = tracer.startSpan("run");
	};
	return {
		/** Span ids by trace. */
		sent,
		async stop() {
			clearInterval(timer);
			endRun();
			await provider.shutdown();
		},
	};
}

describe.skipIf(!HAS_PROC || process.env.CLICKHOUSE_URL)("OpenTelemetry's SDK over an outage of ClickHouse", () => {
	let app: App;
	beforeAll(async () => {
		app = await startApp();
	});
	afterAll(() => app?.stop());

	it("that is killed and then stands still for a long time loses no span and doubles none", async () => {
		const applications = EXPORTERS.map((exporter) => startApplication(app.url, exporter));
		const sent = () => applications.flatMap((application) => [...application.sent]);
		await eventually(async () => expect((await storedOf(sent()[0]?.[0] ?? "")).length).toBeGreaterThan(0));

		process.kill(app.clickhousePid(), "SIGKILL");
		await sleep(1000);
		await answersAgain(app);
		const pid = app.clickhousePid();
		process.kill(pid, "SIGSTOP");
		await sleep(PAUSE_MS);
		process.kill(pid, "SIGCONT");
		await answersAgain(app);
		await Promise.all(applications.map((application) => application.stop()));

		expect(sent().length).toBeGreaterThan(EXPORTERS.length);
		for (const [traceId, spanIds] of sent()) {
			await eventually(async () => expect((await storedOf(traceId)).sort()).toEqual([...spanIds].sort()), {
				timeoutMs: 30_000,
			});
		}
	});

	async function storedOf(traceId: string): Promise<string[]> {
		const answer = await call<TraceView>(app.url, `/api/v1/traces/${traceId}`);
		return answer.status === 200 ? answer.body.spans.map(({ spanId }) => spanId) : [];
	}
});
