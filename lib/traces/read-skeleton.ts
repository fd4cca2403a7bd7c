import { queryColumns } from "@/lib/clickhouse/query-columns";
import { sql, string, uint } from "@/lib/clickhouse/sql";
import { notFound } from "@/lib/errors";
import { type CostSplit, splitCost } from "@/lib/traces/cost-split";
import { deriveTrace } from "@/lib/traces/derive-trace";
import { extremes } from "@/lib/traces/extremes";
import type { TraceHolder } from "@/lib/traces/find-holder";
import { arrivedIn } from "@/lib/traces/find-region";
import { latestSpans } from "@/lib/traces/latest-spans";
import { costPartsAt, SKELETON_CELLS, SKELETON_SELECT, spanAt } from "@/lib/traces/skeleton-columns";
import { utc } from "@/lib/traces/span-row";
import type { TextSource, TraceSummary } from "@/lib/traces/trace";
import { traceProgress } from "@/lib/traces/trace-progress";
import type { TraceSpan } from "@/lib/traces/trace-span";

/** Of a trace with more spans only the earliest are read. */
export const SKELETON_SPANS_MAX = 50_000;

const SMALL_SPANS_MAX = 5_000;

/** What is known of a trace without its texts and without the metadata of its spans. */
export type TraceFacts = Omit<TraceSummary, "inputPreview" | "outputPreview" | "metadata" | "costSplit">;

export interface TraceSkeleton {
	/** Of the spans that were read. */
	facts: TraceFacts;
	/** Without their metadata, in no order. */
	spans: TraceSpan[];
	/** All of the trace: more than `spans` when it is larger than what is read. */
	spanCount: number;
	/** Another one whenever the trace changed. */
	version: string;
	/** US dollars for input and for output; null unless they are known of every call that `facts.costUsd` adds up. */
	costSplit: CostSplit | null;
	/** Whose texts stand for the trace. */
	inputSource: TextSource | null;
	outputSource: TextSource | null;
}

/**
 * One trace without content: what its outline, its waterfall and its header are made of, in one narrow read. `not_found`
 * when its last span is gone by now.
 */
export async function readSkeleton(
	{ projectId, version, spanCount, arrived }: TraceHolder,
	traceId: string,
	now: Date = new Date(),
): Promise<TraceSkeleton> {
	const ofTrace = sql`project_id = ${string(projectId)} AND trace_id = ${string(traceId)} AND ${arrivedIn(arrived)}`;
	const columns = await queryColumns({
		name: "read skeleton",
		isSmall: spanCount <= SMALL_SPANS_MAX,
		sql: sql`
			SELECT * FROM ${latestSpans(SKELETON_SELECT, ofTrace)}
			ORDER BY start_unix_nano = 0, start_unix_nano, span_id
			LIMIT ${uint(SKELETON_SPANS_MAX)}`,
		cells: SKELETON_CELLS,
	});
	const spans = columns.span_id.map((_, index) => spanAt(columns, index));
	if (spans.length === 0) throw notFound("Trace");
	const { inputSource, outputSource, ...fields } = deriveTrace(spans);
	const { first, last } = extremes(columns.inserted_at);
	const facts: TraceFacts = {
		...fields,
		traceId,
		projectId: projectId || null,
		progress: traceProgress(fields, utc(last), now),
		createdAt: utc(first),
		updatedAt: utc(last),
		expiresAt: utc(extremes(columns.expires_at).last),
	};
	const costSplit = splitCost(
		spans.map((_, index) => costPartsAt(columns, index)),
		facts.costUsd,
	);
	const count = Math.max(spanCount, spans.length);
	return { facts, spans, spanCount: count, version, costSplit, inputSource, outputSource };
}
