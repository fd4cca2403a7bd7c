import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { joinSql, sql, string } from "@/lib/clickhouse/sql";
import { nanos, utc } from "@/lib/traces/span-row";
import type { TraceSummary } from "@/lib/traces/trace";

/** Identity of a trace in the store: a trace id belongs to a project; '' is "linked to none". */
export interface TraceKey {
	projectId: string;
	traceId: string;
}

const uint64 = z.string();
const Row = z.object({
	project_id: z.string(),
	trace_id: z.string(),
	span_count: uint64,
	error_count: uint64,
	root: z.tuple([z.string(), z.number(), z.string()]),
	root_input: z.string(),
	first_input: z.string(),
	root_output: z.string(),
	last_output: z.string(),
	start_nano: uint64,
	end_nano: uint64,
	input_tokens: uint64.nullable(),
	output_tokens: uint64.nullable(),
	created_at: z.string(),
	expires_at: z.string(),
});

/**
 * Summaries of the given traces, from their deduplicated spans, in the order of the keys; a trace without live spans
 * is absent. The root is the earliest span without a parent, before one arrives the earliest span. Token totals add up the
 * kinds that call a model themselves: agents and chains repeat their children's usage.
 */
export async function summarizeTraces(keys: readonly TraceKey[]): Promise<TraceSummary[]> {
	if (keys.length === 0) return [];
	const wanted = joinSql(
		keys.map((key) => sql`(${string(key.projectId)}, ${string(key.traceId)})`),
		",",
	);
	const rows = await query({
		name: "summarize traces",
		sql: sql`
			SELECT
				project_id,
				trace_id,
				count() AS span_count,
				countIf(status_code = 'STATUS_CODE_ERROR') AS error_count,
				argMin((name, toUInt8(parent_span_id = ''), status_code), place) AS root,
				argMin(substringUTF8(input, 1, 1000), place) AS root_input,
				argMinIf(substringUTF8(input, 1, 1000), place, input != '') AS first_input,
				argMin(substringUTF8(output, 1, 1000), place) AS root_output,
				argMaxIf(substringUTF8(output, 1, 1000), (end_unix_nano, span_id), output != '') AS last_output,
				minIf(start_unix_nano, start_unix_nano > 0) AS start_nano,
				max(end_unix_nano) AS end_nano,
				sumOrNullIf(spans.input_tokens, kind IN ('llm', 'embedding', 'reranker')) AS input_tokens,
				sumOrNullIf(spans.output_tokens, kind IN ('llm', 'embedding', 'reranker')) AS output_tokens,
				min(inserted_at) AS created_at,
				max(spans.expires_at) AS expires_at
			FROM (SELECT *, (parent_span_id != '', start_unix_nano = 0, start_unix_nano, span_id) AS place FROM spans FINAL
				WHERE (project_id, trace_id) IN (${wanted}) AND spans.expires_at > now64(3)) AS spans
			GROUP BY project_id, trace_id`,
		row: Row,
	});
	const summaries = rows.map((row): TraceSummary => {
		const [rootSpanName, rootSeen, rootStatus] = row.root;
		return {
			traceId: row.trace_id,
			projectId: row.project_id || null,
			rootSpanName,
			rootSeen: rootSeen === 1,
			spanCount: Number(row.span_count),
			errorCount: Number(row.error_count),
			status: (rootSeen ? rootStatus === "STATUS_CODE_ERROR" : row.error_count !== "0") ? "error" : "ok",
			startTimeUnixNano: nanos(row.start_nano),
			endTimeUnixNano: nanos(row.end_nano),
			createdAt: utc(row.created_at),
			expiresAt: utc(row.expires_at),
			inputPreview: row.root_input || row.first_input || null,
			outputPreview: row.root_output || row.last_output || null,
			inputTokens: row.input_tokens === null ? null : Number(row.input_tokens),
			outputTokens: row.output_tokens === null ? null : Number(row.output_tokens),
		};
	});
	const byKey = new Map(summaries.map((summary) => [keyText(summary.projectId ?? "", summary.traceId), summary]));
	return keys.flatMap((key) => byKey.get(keyText(key.projectId, key.traceId)) ?? []);
}

function keyText(projectId: string, traceId: string): string {
	return `${projectId} ${traceId}`;
}
