import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { joinSql, type Sql, sql, tuples } from "@/lib/clickhouse/sql";
import type { SpanKind } from "@/lib/span/span";
import { joinMetadata, textMap } from "@/lib/traces/attribute-columns";
import { deriveTrace } from "@/lib/traces/derive-trace";
import { type TraceKey, traceKeyText } from "@/lib/traces/find-extents";
import { arrivedIn, findRegion, linesIn, type Region } from "@/lib/traces/find-region";
import { nanos, utc } from "@/lib/traces/span-row";
import type { TextSource, TraceFields, TraceSummary } from "@/lib/traces/trace";
import { traceProgress } from "@/lib/traces/trace-progress";
import type { TraceSpan } from "@/lib/traces/trace-span";
import { AggregateUsageColumns, aggregateUsageOf, UsageColumns, usageOf } from "@/lib/traces/usage-columns";

// A page of traces, one of which may have 50,000 spans.
const SKELETON_ROWS_MAX = 1_000_000;

const Row = z.object({
	project_id: z.string(),
	trace_id: z.string(),
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
	metadata: textMap,
	metadata_values: textMap,
	environment: z.string(),
	release: z.string(),
	service: z.string(),
	trace_name: z.string(),
	workflow_name: z.string(),
	trace_metadata: textMap,
	trace_metadata_values: textMap,
	marked_root: z.boolean(),
	has_input_text: z.boolean(),
	has_output_text: z.boolean(),
	has_trace_input: z.boolean(),
	has_trace_output: z.boolean(),
	inserted_at: z.string(),
	expires_at: z.string(),
});
const COLUMNS = joinSql(Object.keys(Row.shape).map(identifier), ",");
type Row = z.infer<typeof Row>;

const PreviewRow = z.object({
	project_id: z.string(),
	trace_id: z.string(),
	span_id: z.string(),
	input_text: z.string(),
	output_text: z.string(),
	trace_input: z.string(),
	trace_output: z.string(),
});
type PreviewRow = z.infer<typeof PreviewRow>;

/** How much of a text is read: 300 characters, which the lines of lists have ready, or a thousand. */
type PreviewSize = "line" | "page";

type DerivedTrace = TraceKey & { fields: TraceFields; rows: Row[] };

/**
 * Summaries of the given traces, from their deduplicated spans, in the order of the keys; a trace without live spans
 * is absent. Content is read of the spans only whose texts stand for their trace.
 */
export async function summarizeTraces(
	keys: readonly TraceKey[],
	{ previews: size = "line", now = () => new Date() }: { previews?: PreviewSize; now?: () => Date } = {},
): Promise<TraceSummary[]> {
	const region = await findRegion(keys);
	if (!region) return [];
	const traces = await deriveTraces(keys, region);
	const previews = await readPreviews(traces, region, size);
	return traces.map((trace) => summaryOf(trace, previews, now()));
}

async function deriveTraces(keys: readonly TraceKey[], region: Region): Promise<DerivedTrace[]> {
	const rows = await query({
		name: "read trace skeletons",
		sql: sql`SELECT ${COLUMNS} FROM spans_by_time FINAL WHERE ${linesIn(region)} AND ${ofTraces(keys)}`,
		row: Row,
		rowsMax: SKELETON_ROWS_MAX,
	});
	const byTrace = new Map<string, Map<string, Row>>();
	for (const row of rows) {
		const key = traceKeyText({ projectId: row.project_id, traceId: row.trace_id });
		const own = byTrace.get(key) ?? new Map<string, Row>();
		byTrace.set(key, own);
		// Sent again with another start, it lies at both.
		const known = own.get(row.span_id);
		if (!known || known.inserted_at < row.inserted_at) own.set(row.span_id, row);
	}
	return keys.flatMap((key) => {
		const own = byTrace.get(traceKeyText(key));
		if (!own) return [];
		const spans = [...own.values()];
		return { ...key, fields: deriveTrace(spans.map(traceSpan)), rows: spans };
	});
}

function traceSpan(row: Row): TraceSpan {
	return {
		spanId: row.span_id,
		parentSpanId: row.parent_span_id || null,
		name: row.name,
		displayName: row.display_name,
		kind: row.kind as SpanKind,
		status: row.status === "error" ? "error" : "ok",
		startTimeUnixNano: nanos(row.start_unix_nano),
		endTimeUnixNano: nanos(row.end_unix_nano),
		requestModel: row.request_model || null,
		responseModel: row.response_model || null,
		provider: row.provider || null,
		usage: usageOf(row),
		aggregateUsage: aggregateUsageOf(row),
		costUsd: row.cost_usd,
		aggregateCostUsd: row.aggregate_cost_usd,
		ttftMs: row.ttft_ms,
		sessionId: row.session_id || null,
		userId: row.user_id || null,
		tags: row.tags,
		metadata: joinMetadata({ texts: row.metadata, values: row.metadata_values }),
		environment: row.environment || null,
		release: row.release || null,
		service: row.service || null,
		hasInputText: row.has_input_text,
		hasOutputText: row.has_output_text,
		trace: {
			name: row.trace_name || null,
			workflowName: row.workflow_name || null,
			metadata: joinMetadata({ texts: row.trace_metadata, values: row.trace_metadata_values }),
			isRoot: row.marked_root,
			hasInput: row.has_trace_input,
			hasOutput: row.has_trace_output,
		},
	};
}

async function readPreviews(
	traces: readonly DerivedTrace[],
	region: Region,
	size: PreviewSize,
): Promise<Map<string, PreviewRow>> {
	const chosen = traces.flatMap(({ projectId, traceId, fields }) =>
		[fields.inputSource, fields.outputSource]
			.filter((source) => source !== null)
			.map(({ spanId }) => [projectId, traceId, spanId]),
	);
	if (chosen.length === 0) return new Map();
	const rows = await query({
		name: "read trace previews",
		sql: size === "line" ? headsOf(traces, chosen, region) : beginningsOf(chosen, region),
		row: PreviewRow,
	});
	return new Map(rows.map((row) => [keyText(row.project_id, row.trace_id, row.span_id), row]));
}

function headsOf(traces: readonly TraceKey[], chosen: readonly string[][], region: Region): Sql {
	return sql`
		SELECT project_id, trace_id, span_id, input_head AS input_text, output_head AS output_text,
			trace_input_head AS trace_input, trace_output_head AS trace_output
		FROM spans_by_time FINAL
		WHERE ${linesIn(region)} AND ${ofTraces(traces)}
			AND (project_id, trace_id, span_id) IN ${tuples(chosen)}`;
}

// Long texts are read from the attributes, which `spans` alone has.
function beginningsOf(chosen: readonly string[][], { arrived }: Region): Sql {
	return sql`
		SELECT project_id, trace_id, span_id,
			leftUTF8(texts.input_text, 1000) AS input_text,
			leftUTF8(texts.output_text, 1000) AS output_text,
			leftUTF8(texts.trace_input, 1000) AS trace_input,
			leftUTF8(texts.trace_output, 1000) AS trace_output
		FROM (
			SELECT project_id, trace_id, span_id, trace_input, trace_output,
				whole_input_text AS input_text, whole_output_text AS output_text
			FROM spans FINAL
			WHERE (project_id, trace_id, span_id) IN ${tuples(chosen)} AND ${arrivedIn(arrived)} AND expires_at > now64(3)
		) AS texts`;
}

function ofTraces(keys: readonly TraceKey[]): Sql {
	return sql`(project_id, trace_id) IN ${tuples(keys.map(({ projectId, traceId }) => [projectId, traceId]))}`;
}

function summaryOf(
	{ projectId, traceId, fields, rows }: DerivedTrace,
	previews: ReadonlyMap<string, PreviewRow>,
	now: Date,
): TraceSummary {
	const { inputSource, outputSource, ...shown } = fields;
	const textOf = (source: TextSource | null, side: "input" | "output"): string | null => {
		const row = source && previews.get(keyText(projectId, traceId, source.spanId));
		if (!row) return null;
		return (source.from === "trace" ? row[`trace_${side}`] : row[`${side}_text`]) || null;
	};
	const arrivals = extremes(rows.map((row) => row.inserted_at));
	return {
		...shown,
		traceId,
		projectId: projectId || null,
		progress: traceProgress(fields, utc(arrivals.last), now),
		createdAt: utc(arrivals.first),
		updatedAt: utc(arrivals.last),
		expiresAt: utc(extremes(rows.map((row) => row.expires_at)).last),
		inputPreview: textOf(inputSource, "input"),
		outputPreview: textOf(outputSource, "output"),
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

function keyText(...ids: string[]): string {
	return ids.join(" ");
}

// Column names come from our own schema, never from outside.
function identifier(column: string): Sql {
	return { strings: [column], parameters: [] };
}
