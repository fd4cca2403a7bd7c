import type { Batch, SentSpan } from "@/tests/chaos/batch";

/** What became of a trace: `wanted` ids were acknowledged, `possible` ones were sent and may be stored as well. */
export interface TraceEntry {
	project: string;
	wanted: Map<string, SentSpan>;
	possible: Map<string, SentSpan>;
}

/** What the senders were told, by which the store is judged at the end. */
export interface Journal {
	traces: ReadonlyMap<string, TraceEntry>;
	/** Answers by status; what got none by the reason. */
	answers: ReadonlyMap<string, number>;
	/** Anything a sender was told that the contract does not allow, with how often. */
	surprises(): string[];
	acknowledgedRequests(): number;
	/** Over all 200 answers, repeats included. */
	acknowledgedSpans(): number;
	/** Malformed spans that a 200 answer told of, repeats included. */
	toldRejections(): number;
	/** The slowest answer by status, in milliseconds. */
	slowestMs: ReadonlyMap<string, number>;
	sent(batch: Batch): void;
	acknowledged(batch: Batch): void;
	answered(status: string, ms: number): void;
	/** Nobody is there to answer, until somebody answers again. */
	interrupted(): void;
	/** Whether the process that is there has been answering since before a moment, by `performance.now()`. */
	servedSince(moment: number): boolean;
	surprise(text: string): void;
}

const SURPRISES_MAX = 50;

/** Half of what exporters wait by default. */
const SLOW_MS = 5000;

/** An empty one; `slow` is told of answers that took long. */
export function openJournal({ slow }: { slow(status: string, ms: number): void }): Journal {
	const traces = new Map<string, TraceEntry>();
	const answers = new Map<string, number>();
	const slowestMs = new Map<string, number>();
	const surprises = new Map<string, number>();
	let servingSince = Number.POSITIVE_INFINITY;
	const total = { requests: 0, spans: 0, rejections: 0 };

	return {
		traces,
		answers,
		slowestMs,
		surprises: () => [...surprises].map(([text, times]) => `${times} x ${text}`),
		acknowledgedRequests: () => total.requests,
		acknowledgedSpans: () => total.spans,
		toldRejections: () => total.rejections,
		sent(batch) {
			for (const { traceId, spans } of batch.unreadable ? [] : batch.traces) {
				const entry = traces.get(traceId) ?? { project: batch.project, wanted: new Map(), possible: new Map() };
				traces.set(traceId, entry);
				for (const span of spans) entry.possible.set(span.spanId, span);
			}
		},
		acknowledged(batch) {
			total.requests += 1;
			total.spans += batch.spanCount;
			total.rejections += batch.malformedCount;
			for (const { traceId, spans } of batch.traces) {
				const entry = traces.get(traceId);
				if (!entry) throw new Error("a batch is acknowledged that was never sent");
				for (const span of spans) entry.wanted.set(span.spanId, span);
			}
		},
		answered(status, ms) {
			answers.set(status, (answers.get(status) ?? 0) + 1);
			if (/^\d+$/.test(status)) servingSince = Math.min(servingSince, performance.now());
			if (ms > SLOW_MS) slow(status, ms);
			slowestMs.set(status, Math.max(ms, slowestMs.get(status) ?? 0));
		},
		interrupted() {
			servingSince = Number.POSITIVE_INFINITY;
		},
		servedSince: (moment) => servingSince <= moment,
		surprise(text) {
			if (surprises.size < SURPRISES_MAX || surprises.has(text)) surprises.set(text, (surprises.get(text) ?? 0) + 1);
		},
	};
}
