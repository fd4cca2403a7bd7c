import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { type Sql, sql, strings } from "@/lib/clickhouse/sql";
import type { LogRecord } from "@/lib/span/log-record";
import { fromSpanRow, StoredSpanRow } from "@/lib/traces/span-row";
import type { StoredSpan } from "@/lib/traces/trace";

// A parameter of ClickHouse ends at 128 KiB.
const SPANS_PER_QUERY = 2000;

const Key = z.object({ trace_id: z.string(), span_id: z.string() });

/** The stored spans of the given projects that log records name, without their logs. */
export async function findLoggedSpans(
	projectIds: readonly string[],
	logs: readonly Pick<LogRecord, "traceId" | "spanId">[],
): Promise<StoredSpan[]> {
	const named = [...new Set(logs.map(({ traceId, spanId }) => traceId + spanId))];
	const found: StoredSpan[] = [];
	for (let start = 0; start < named.length; start += SPANS_PER_QUERY) {
		const projects = strings(projectIds);
		// Mostly the records come before their span: keys are cheap to look for, whole spans are not.
		const keys = await query({
			name: "find keys of logged spans",
			sql: sql`SELECT DISTINCT trace_id, span_id FROM spans
				WHERE project_id IN ${projects} AND ${naming(named.slice(start, start + SPANS_PER_QUERY))}`,
			row: Key,
		});
		if (keys.length === 0) continue;
		const stored = keys.map((key) => key.trace_id + key.span_id);
		const rows = await query({
			name: "find logged spans",
			sql: sql`SELECT * FROM spans FINAL WHERE project_id IN ${projects} AND ${naming(stored)}`,
			row: StoredSpanRow,
		});
		found.push(...rows.map((row) => fromSpanRow(row)));
	}
	return found;
}

/** Live rows of spans by the concatenation of their ids. */
function naming(spans: readonly string[]): Sql {
	const traceIds = [...new Set(spans.map((span) => span.slice(0, 32)))];
	return sql`trace_id IN ${strings(traceIds)}
		AND concat(trace_id, span_id) IN ${strings(spans)} AND expires_at > now64(3)`;
}
