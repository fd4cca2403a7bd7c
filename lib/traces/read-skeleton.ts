import { z } from "zod";
import { type Columns, queryColumns } from "@/lib/clickhouse/query-columns";
import { sql, string, uint } from "@/lib/clickhouse/sql";
import { notFound } from "@/lib/errors";
import type { SpanKind } from "@/lib/span/span";
import { arrivedWith } from "@/lib/traces/arrived-with";
import { deriveTrace } from "@/lib/traces/derive-trace";
import type { TraceHolder } from "@/lib/traces/find-holder";
import { nanos, utc } from "@/lib/traces/span-row";
import type { TextSource, TraceSummary } from "@/lib/traces/trace";
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
	/** US dollars for input and for output; null unless they are known of every call that `facts.costUsd` adds up. */
	costSplit: CostSplit | null;
	/** Whose texts stand for the trace. */
	inputSource: TextSource | null;
	outputSource: TextSource | null;
}

export interface CostSplit {
	input: number;
	output: number;
}

/** Prices are rounded part by part. */
const COST_NOISE = 1e-3;

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
	told_usage: z.number(),
	told_aggregate: z.number(),
	cost_usd: z.number().nullable(),
	cost_input: z.number().nullable(),
	cost_output: z.number().nullable(),
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
 * One trace without content: what its outline, its waterfall and its header are made of, in one narrow read. `not_found`
 * when its last span is gone by now.
 */
export async function readSkeleton(
	{ projectId, version, spanCount }: TraceHolder,
	traceId: string,
	now: Date = new Date(),
): Promise<TraceSkeleton> {
	const columns = await queryColumns({
		name: "read skeleton",
		sql: sql`
			SELECT span_id, parent_span_id, name, display_name, kind, status, start_unix_nano, end_unix_nano,
				request_model, response_model, provider,
				input_tokens, output_tokens, cache_read_tokens, cache_creation_tokens, reasoning_tokens, audio_input_tokens,
				audio_output_tokens, total_tokens,
				aggregate_input_tokens, aggregate_output_tokens, aggregate_cache_read_tokens, aggregate_cache_creation_tokens,
				aggregate_reasoning_tokens, aggregate_audio_input_tokens, aggregate_audio_output_tokens, aggregate_total_tokens,
				isNotNull(coalesce(input_tokens, output_tokens, cache_read_tokens, cache_creation_tokens, reasoning_tokens,
					audio_input_tokens, audio_output_tokens, total_tokens)) AS told_usage,
				isNotNull(coalesce(aggregate_input_tokens, aggregate_output_tokens, aggregate_cache_read_tokens,
					aggregate_cache_creation_tokens, aggregate_reasoning_tokens, aggregate_audio_input_tokens,
					aggregate_audio_output_tokens, aggregate_total_tokens)) AS told_aggregate,
				cost_usd, cost_input, cost_output, aggregate_cost_usd, ttft_ms, session_id, user_id, tags, environment, release,
				resource_attributes['service.name'] AS service, trace_name, workflow_name, marked_root,
				has_input_text, has_output_text, has_trace_input, has_trace_output, inserted_at, expires_at
			FROM spans FINAL
			WHERE project_id = ${string(projectId)} AND trace_id = ${string(traceId)} AND expires_at > now64(3)
				AND ${arrivedWith({ projectIds: [projectId], traceId })}
			ORDER BY start_unix_nano = 0, start_unix_nano, span_id
			LIMIT ${uint(SKELETON_SPANS_MAX)}`,
		cells: CELLS,
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
	const costSplit = splitCost(columns, facts.costUsd);
	const count = Math.max(spanCount, spans.length);
	return { facts, spans, spanCount: count, version, costSplit, inputSource, outputSource };
}

/** A call over another one is left out of the sum, so what all of them told may be more than it. */
function splitCost({ cost_input, cost_output }: SkeletonColumns, costUsd: number | null): CostSplit | null {
	if (costUsd === null) return null;
	const sum = (column: (number | null)[]) => column.reduce<number>((total, cost) => total + (cost ?? 0), 0);
	const split = { input: sum(cost_input), output: sum(cost_output) };
	return Math.abs(split.input + split.output - costUsd) <= costUsd * COST_NOISE ? split : null;
}

// Columns are named one by one, not looked up by a name that is put together: there may be fifty thousand rows.
function spanAt(columns: SkeletonColumns, index: number): TraceSpan {
	return {
		spanId: columns.span_id[index] ?? "",
		parentSpanId: columns.parent_span_id[index] || null,
		name: columns.name[index] ?? "",
		displayName: columns.display_name[index] ?? "",
		kind: (columns.kind[index] ?? "span") as SpanKind,
		status: columns.status[index] === "error" ? "error" : "ok",
		startTimeUnixNano: nanos(columns.start_unix_nano[index] ?? "0"),
		endTimeUnixNano: nanos(columns.end_unix_nano[index] ?? "0"),
		requestModel: columns.request_model[index] || null,
		responseModel: columns.response_model[index] || null,
		provider: columns.provider[index] || null,
		usage: columns.told_usage[index] ? usageFrom((name) => columns[`${name}_tokens`][index] ?? null) : null,
		aggregateUsage: columns.told_aggregate[index]
			? usageFrom((name) => columns[`aggregate_${name}_tokens`][index] ?? null)
			: null,
		costUsd: columns.cost_usd[index] ?? null,
		aggregateCostUsd: columns.aggregate_cost_usd[index] ?? null,
		ttftMs: columns.ttft_ms[index] ?? null,
		sessionId: columns.session_id[index] || null,
		userId: columns.user_id[index] || null,
		tags: columns.tags[index] ?? null,
		metadata: null,
		environment: columns.environment[index] || null,
		release: columns.release[index] || null,
		service: columns.service[index] || null,
		hasInputText: columns.has_input_text[index] === true,
		hasOutputText: columns.has_output_text[index] === true,
		trace: {
			name: columns.trace_name[index] || null,
			workflowName: columns.workflow_name[index] || null,
			metadata: null,
			isRoot: columns.marked_root[index] === true,
			hasInput: columns.has_trace_input[index] === true,
			hasOutput: columns.has_trace_output[index] === true,
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
