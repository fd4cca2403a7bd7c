import { query } from "@/lib/clickhouse/query";
import { sql, strings } from "@/lib/clickhouse/sql";
import type { LogRecord } from "@/lib/span/log-record";
import { fromSpanRow, StoredSpanRow } from "@/lib/traces/span-row";
import type { StoredSpan } from "@/lib/traces/trace";

// A parameter of ClickHouse ends at 128 KiB.
const SPANS_PER_QUERY = 2000;

/** The stored spans of the given projects that log records name, without their logs. */
export async function findLoggedSpans(
	projectIds: readonly string[],
	logs: readonly Pick<LogRecord, "traceId" | "spanId">[],
): Promise<StoredSpan[]> {
	const named = [...new Set(logs.map(({ traceId, spanId }) => traceId + spanId))];
	const found: StoredSpan[] = [];
	for (let start = 0; start < named.length; start += SPANS_PER_QUERY) {
		const chunk = named.slice(start, start + SPANS_PER_QUERY);
		const traceIds = [...new Set(chunk.map((name) => name.slice(0, 32)))];
		const rows = await query({
			name: "find logged spans",
			sql: sql`
				SELECT * FROM spans FINAL
				WHERE project_id IN ${strings(projectIds)} AND trace_id IN ${strings(traceIds)}
					AND concat(trace_id, span_id) IN ${strings(chunk)} AND expires_at > now64(3)`,
			row: StoredSpanRow,
		});
		found.push(...rows.map((row) => fromSpanRow(row)));
	}
	return found;
}
