import type { LogRecord } from "@/lib/span/log-record";
import type { Span, SpanKind } from "@/lib/span/span";
import type { Usage } from "@/lib/span/usage";
import type { CostSplit } from "@/lib/traces/cost-split";
import type { Hit } from "@/lib/traces/hit";

/** What a trace is, taken from its deduplicated spans: the same in whatever order and batches they arrived. */
export interface TraceFields {
	/** The span that stands for the trace. */
	rootSpanId: string;
	/** The root's own name, as its sender gave it. */
	rootSpanName: string;
	rootKind: SpanKind;
	/** False while no span has arrived that has no parent or is marked as the root. */
	rootSeen: boolean;
	/** The name to show: one that a span gives the trace, else the root's display name. */
	name: string;
	/** Which spans' texts stand for the whole trace. */
	inputSource: TextSource | null;
	outputSource: TextSource | null;
	/** The root's, else of the earliest span that has one. */
	sessionId: string | null;
	userId: string | null;
	/** The spans name more than one session. */
	sessionConflict: boolean;
	/** Of all spans, sorted; at most 100. */
	tags: string[];
	metadata: Record<string, unknown>;
	environment: string | null;
	release: string | null;
	/** The `service.name` that reported it. */
	service: string | null;
	/** `error` when the root failed, or before it arrives a span at the top; see `hasError` for any. */
	status: "ok" | "error";
	errorCount: number;
	hasError: boolean;
	/** Nanoseconds since the epoch: earliest start, latest end; null when no span told. */
	startTimeUnixNano: bigint | null;
	endTimeUnixNano: bigint | null;
	/** Nanoseconds from the earliest start to the latest end; null when either is unknown. */
	durationNano: bigint | null;
	/** Nanoseconds that the root took; null while it has no end. */
	latencyNano: bigint | null;
	/** Spans that told no end. */
	openSpanCount: number;
	/** Tokens of all model calls, each counted once; null when nothing told any. */
	usage: Usage | null;
	/** `aggregate`: no model call told its tokens, so these are what a span says of those below it. */
	usageFrom: "spans" | "aggregate" | null;
	/** US dollars of all model calls, each counted once; null when none has a cost. */
	costUsd: number | null;
	costFrom: "spans" | "aggregate" | null;
	/** Model calls that `costUsd` leaves out because their cost is unknown. */
	unpricedSpans: number;
	/** Distinct, sorted. */
	models: string[];
	providers: string[];
	kinds: SpanKind[];
	spanCount: number;
	llmCount: number;
	toolCount: number;
	/** Milliseconds to the first token of the earliest model call. */
	ttftMs: number | null;
}

/** A text of a trace: the span's own, or the one that the span claims for its whole trace. */
export interface TextSource {
	spanId: string;
	from: "span" | "trace";
}

/** A trace as lists show it. */
export interface TraceSummary extends Omit<TraceFields, "inputSource" | "outputSource"> {
	/** 32 hex digits. */
	traceId: string;
	/** Null when no span names a known project. */
	projectId: string | null;
	/** `in_progress`: spans may still come. `unfinished`: none came any more, and a span never ended. */
	progress: "in_progress" | "finished" | "unfinished";
	/** Arrival of the earliest span as last stored: a span sent again counts from its last arrival. */
	createdAt: Date;
	/** Arrival of the latest span. */
	updatedAt: Date;
	expiresAt: Date;
	/** Null unless it is known of every call that `costUsd` adds up. */
	costSplit: CostSplit | null;
	/** How the trace's input and output begin: 300 characters for a line of a list, a thousand for a page. */
	inputPreview: string | null;
	outputPreview: string | null;
}

/** A stored span: what arrived and what was derived, with its arrival and the log records that name it. */
export interface StoredSpan extends Span {
	insertedAt: Date;
	/** The arrival as ClickHouse printed it, to the microsecond. */
	insertedAtText: string;
	/** Which version of derivation gave the stored fields; 0 is the first, before versions. */
	deriveVersion: number;
	logs: LogRecord[];
}

export interface TraceDetail {
	summary: TraceSummary;
	/** In start order. */
	spans: StoredSpan[];
}

/** A trace in a list: with where a searched text stands, if one was searched. */
export interface TraceLine extends TraceSummary {
	hit: Hit | null;
}

export interface TracePage {
	traces: TraceLine[];
	/** Opaque positions of the neighbouring pages; null at either end. */
	nextCursor: string | null;
	previousCursor: string | null;
}
