import type { Span } from "@/lib/span/span";

/** A trace as lists show it, computed from its deduplicated spans. */
export interface TraceSummary {
	/** 32 hex digits. */
	traceId: string;
	/** Null when no span names a known project. */
	projectId: string | null;
	rootSpanName: string;
	/** False while no span without a parent has arrived. */
	rootSeen: boolean;
	spanCount: number;
	errorCount: number;
	/** `error` when the root failed (or, before it arrives, any span that would be one). */
	status: "ok" | "error";
	/** Nanoseconds since the epoch; null when no span told. */
	startTimeUnixNano: bigint | null;
	endTimeUnixNano: bigint | null;
	/** Arrival of the earliest span as last stored: a span sent again counts from its last arrival. */
	createdAt: Date;
	expiresAt: Date;
	/** First kilobyte of the root's input and output. */
	inputPreview: string | null;
	outputPreview: string | null;
	inputTokens: number | null;
	outputTokens: number | null;
}

/** A stored span: what arrived and what was derived, with its arrival. */
export interface StoredSpan extends Span {
	insertedAt: Date;
}

export interface TraceDetail {
	summary: TraceSummary;
	/** In start order. */
	spans: StoredSpan[];
}

export interface TracePage {
	traces: TraceSummary[];
	/** Opaque positions of the neighbouring pages; null at either end. */
	nextCursor: string | null;
	previousCursor: string | null;
}
