import { z } from "zod";
import type { Columns } from "@/lib/clickhouse/query-columns";
import { type Sql, sql } from "@/lib/clickhouse/sql";
import type { SpanKind } from "@/lib/span/span";
import { nanos } from "@/lib/traces/span-row";
import type { TraceSpan } from "@/lib/traces/trace-span";
import { AggregateUsageColumns, UsageColumns, usageFrom } from "@/lib/traces/usage-columns";

/** The columns that a trace's fields depend on, in `spans` as in `spans_by_time`: no texts and no metadata. */
export const SKELETON_CELLS = {
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

export type SkeletonColumns = Columns<typeof SKELETON_CELLS>;

export const SKELETON_SELECT: Sql = sql`
	span_id, parent_span_id, name, display_name, kind, status, start_unix_nano, end_unix_nano, request_model, response_model,
	provider, input_tokens, output_tokens, cache_read_tokens, cache_creation_tokens, reasoning_tokens, audio_input_tokens,
	audio_output_tokens, total_tokens, aggregate_input_tokens, aggregate_output_tokens, aggregate_cache_read_tokens,
	aggregate_cache_creation_tokens, aggregate_reasoning_tokens, aggregate_audio_input_tokens, aggregate_audio_output_tokens,
	aggregate_total_tokens,
	isNotNull(coalesce(input_tokens, output_tokens, cache_read_tokens, cache_creation_tokens, reasoning_tokens,
		audio_input_tokens, audio_output_tokens, total_tokens)) AS told_usage,
	isNotNull(coalesce(aggregate_input_tokens, aggregate_output_tokens, aggregate_cache_read_tokens,
		aggregate_cache_creation_tokens, aggregate_reasoning_tokens, aggregate_audio_input_tokens,
		aggregate_audio_output_tokens, aggregate_total_tokens)) AS told_aggregate,
	cost_usd, cost_input, cost_output, aggregate_cost_usd, ttft_ms, session_id, user_id, tags, environment, release, service, trace_name, workflow_name,
	marked_root, has_input_text, has_output_text, has_trace_input, has_trace_output, inserted_at, expires_at`;

/**
 * The span of one row, without its metadata. Columns are named one by one, not looked up by a name that is put together:
 * there may be fifty thousand rows.
 */
export function spanAt(columns: SkeletonColumns, index: number): TraceSpan {
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

/** What input and output of the row's own call cost. */
export function costPartsAt(columns: SkeletonColumns, index: number): { input: number | null; output: number | null } {
	return { input: columns.cost_input[index] ?? null, output: columns.cost_output[index] ?? null };
}
