import { eventually } from "@/tests/support/eventually";
import { inProject, llmSpan } from "@/tests/support/llm-span";
import { attributes, type OtlpSpan, otlpRequest } from "@/tests/support/otlp-request";
import { call, post } from "@/tests/support/rest-client";

/** One request: a trace of its own, whose first span matches the documented rule and whose others match none. */
export interface Batch {
	traceId: string;
	spans: OtlpSpan[];
	acknowledged: boolean;
}

export interface Load {
	batches: Batch[];
	/** Resolves once so many batches were acknowledged; throws after half a minute. */
	reached(count: number): Promise<void>;
	/** Ends the senders, also with batches that nobody acknowledged. */
	stop(): void;
	/** Answers that were neither 200 nor "come back later". */
	surprises: string[];
}

interface LoadOptions {
	url: string;
	project: string;
	senders: number;
	batchesEach: number;
	spansEach: number;
}

/** Senders that behave like exporters: one request at a time each, the same one again until it is acknowledged. */
export function startLoad({ url, project, senders, batchesEach, spansEach }: LoadOptions): Load {
	const batches = Array.from({ length: senders * batchesEach }, () => batchOf(spansEach));
	const surprises: string[] = [];
	const queue = [...batches];
	let stopped = false;
	const sender = async () => {
		for (let batch = queue.shift(); batch; batch = queue.shift()) {
			while (!batch.acknowledged && !stopped) {
				const answer = await call(url, "/api/v1/traces", post(otlpRequest(batch.spans, inProject(project)))).catch(
					() => null,
				);
				if (answer?.status === 200) batch.acknowledged = true;
				else {
					if (answer && answer.status !== 503) surprises.push(`${answer.status} ${JSON.stringify(answer.body)}`);
					await new Promise((resolve) => setTimeout(resolve, 100));
				}
			}
		}
	};
	for (let started = 0; started < senders; started++) void sender();
	return {
		batches,
		surprises,
		stop() {
			stopped = true;
			queue.length = 0;
		},
		reached: (count) =>
			eventually(
				() => {
					const acknowledged = batches.filter((batch) => batch.acknowledged).length;
					if (acknowledged < count) throw new Error(`${acknowledged} of ${count} requests acknowledged`);
				},
				{ timeoutMs: 30_000, intervalMs: 10 },
			),
	};
}

function batchOf(spans: number): Batch {
	const first = llmSpan();
	const rest = Array.from({ length: spans - 1 }, (_, index) =>
		llmSpan({
			traceId: first.traceId,
			parentSpanId: first.spanId,
			name: "step",
			attributes: attributes({ index, output: "done" }),
		}),
	);
	return { traceId: first.traceId, spans: [first, ...rest], acknowledged: false };
}
