import { z } from "zod";
import { type Columns, queryColumns } from "@/lib/clickhouse/query-columns";
import { sql, string, uint } from "@/lib/clickhouse/sql";
import { AppError } from "@/lib/errors";
import type { SpanKind } from "@/lib/span/span";
import { deriveTrace } from "@/lib/traces/derive-trace";
import { findHolder } from "@/lib/traces/find-holder";
import { nanos, utc } from "@/lib/traces/span-row";
import type { TraceSummary } from "@/lib/traces/trace";
import { traceProgress } from "@/lib/traces/trace-progress";
import type { TraceSpan } from "@/lib/traces/trace-span";
import { AggregateUsageColumns, UsageColumns, usageFrom } from "@/lib/traces/usage-columns";

/** Of a trace with more spans only the earliest are read. */
export const SKELETON_SPANS_MAX = 50_000;

/** What is known of a trace without its texts and without the metadata of its spans. */
export type TraceFacts = Omit<TraceSummary, "inputPreview" | "outputPreview" | "hit" | "metadata">;

export interface TraceSkeleton {
	/** Of the spans that were read. */
	facts: TraceFacts;
	/** Without their metadata, in no order. */
	spans: TraceSpan[];
	/** All of the trace: more than `spans` when it is larger than what is read. */
	spanCount: number;
	/** Another one whenever the trace changed. */
	version: string;
}

const CELLS = {
	span_id: z.string(),
	parent_span_id: z.string(),
	name: z.string(),
	display_name: z.string(),
	kind: z.string(),
	status: z.string(),
	start_unix_nano: z.string(),
	end_unix_nano: z.string(),
	request_model: z.string(),
	response_model: z.string(),
	provider: z.string(),
	...UsageColumns.shape,
	...AggregateUsageColumns.shape,
	cost_usd: z.number().nullable(),
	aggregate_cost_usd: z.number().nullable(),
	ttft_ms: z.number().nullable(),
	session_id: z.string(),
	user_id: z.string(),
	tags: z.array(z.string()),
	environment: z.string(),
	release: z.string(),
	service: z.string(),
	trace_name: z.string(),
	workflow_name: z.string(),
	marked_root: z.boolean(),
	has_input_text: z.boolean(),
	has_output_text: z.boolean(),
	has_trace_input: z.boolean(),
	has_trace_output: z.boolean(),
	inserted_at: z.string(),
	expires_at: z.string(),
};
type SkeletonColumns = Columns<typeof CELLS>;

/**
 * One trace without content: what its outline, its waterfall and its header are made of, in one narrow read. Of the given
 * projects the one that `findHolder` names; `not_found` when none holds it.
 */
export async function readSkeleton(
	{ projectIds, traceId }: { projectIds: readonly string[]; traceId: string },
	now: Date = new Date(),
): Promise<TraceSkeleton> {
	const { projectId, version, spanCount } = await findHolder({ projectIds, traceId });
	const columns = await queryColumns({
		name: "read skeleton",
		sql: sql`
			SELECT span_id, parent_span_id, name, display_name, kind, status, start_unix_nano, end_unix_nano,
				request_model, response_model, provider,
				input_tokens, output_tokens, cache_read_tokens, cache_creation_tokens, reasoning_tokens, audio_input_tokens,
				audio_output_tokens, total_tokens,
				aggregate_input_tokens, aggregate_output_tokens, aggregate_cache_read_tokens, aggregate_cache_creation_tokens,
				aggregate_reasoning_tokens, aggregate_audio_input_tokens, aggregate_audio_output_tokens, aggregate_total_tokens,
				cost_usd, aggregate_cost_usd, ttft_ms, session_id, user_id, tags, environment, release,
				resource_attributes['service.name'] AS service, trace_name, workflow_name, marked_root,
				has_input_text, has_output_text, has_trace_input, has_trace_output, inserted_at, expires_at
			FROM spans FINAL
			WHERE project_id = ${string(projectId)} AND trace_id = ${string(traceId)} AND expires_at > now64(3)
			ORDER BY start_unix_nano = 0, start_unix_nano, span_id
			LIMIT ${uint(SKELETON_SPANS_MAX)}`,
		cells: CELLS,
	});
	const spans = columns.span_id.map((_, index) => spanAt(columns, index));
	// Between the two reads the last span may have expired.
	if (spans.length === 0) throw new AppError("not_found", "Trace not found");
	const fields = deriveTrace(spans);
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
	return { facts, spans, spanCount: Math.max(spanCount, spans.length), version };
}

function spanAt(columns: SkeletonColumns, index: number): TraceSpan {
	// Every column has as many cells as the first.
	const cell = <Name extends keyof SkeletonColumns>(name: Name) =>
		columns[name][index] as SkeletonColumns[Name][number];
	return {
		spanId: cell("span_id"),
		parentSpanId: cell("parent_span_id") || null,
		name: cell("name"),
		displayName: cell("display_name"),
		kind: cell("kind") as SpanKind,
		status: cell("status") === "error" ? "error" : "ok",
		startTimeUnixNano: nanos(cell("start_unix_nano")),
		endTimeUnixNano: nanos(cell("end_unix_nano")),
		requestModel: cell("request_model") || null,
		responseModel: cell("response_model") || null,
		provider: cell("provider") || null,
		usage: usageFrom((name) => cell(`${name}_tokens`)),
		aggregateUsage: usageFrom((name) => cell(`aggregate_${name}_tokens`)),
		costUsd: cell("cost_usd"),
		aggregateCostUsd: cell("aggregate_cost_usd"),
		ttftMs: cell("ttft_ms"),
		sessionId: cell("session_id") || null,
		userId: cell("user_id") || null,
		tags: cell("tags"),
		metadata: null,
		environment: cell("environment") || null,
		release: cell("release") || null,
		service: cell("service") || null,
		hasInputText: cell("has_input_text"),
		hasOutputText: cell("has_output_text"),
		trace: {
			name: cell("trace_name") || null,
			workflowName: cell("workflow_name") || null,
			metadata: null,
			isRoot: cell("marked_root"),
			hasInput: cell("has_trace_input"),
			hasOutput: cell("has_trace_output"),
		},
	};
}

/** Moments as ClickHouse prints them sort as text. */
function extremes(moments: readonly string[]): { first: string; last: string } {
	let [first = "", last = ""] = [moments[0], moments[0]];
	for (const moment of moments) {
		if (moment < first) first = moment;
		if (moment > last) last = moment;
	}
	return { first, last };
}
