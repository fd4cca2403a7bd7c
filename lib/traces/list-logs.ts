import { query } from "@/lib/clickhouse/query";
import { sql, string, strings, uint } from "@/lib/clickhouse/sql";
import type { LogRecord } from "@/lib/span/log-record";
import { fromLogRow, LogRow } from "@/lib/traces/log-row";

/** More on one span is no conversation any more; the first ones are kept. */
const LOGS_PER_SPAN_MAX = 1000;
const LOGS_MAX = 100_000;
// A parameter of ClickHouse ends at 128 KiB.
const TRACES_PER_QUERY = 2000;

/** In the order of a conversation, for senders whose clock gives several messages one time. */
const MESSAGE_EVENTS = [
	"gen_ai.system.message",
	"gen_ai.user.message",
	"gen_ai.assistant.message",
	"gen_ai.tool.message",
	"gen_ai.choice",
];

/**
 * The live log records of a project's spans, keyed `${traceId} ${spanId}`, of each span in order of time whatever the order
 * of arrival. A record that named no project belongs to its span in any project, and one of any project to a span that
 * is in none. At most a thousand of a span.
 */
export async function listLogs({
	projectId,
	traceIds,
	timeoutSeconds,
}: {
	projectId: string;
	traceIds: readonly string[];
	timeoutSeconds?: number;
}): Promise<Map<string, LogRecord[]>> {
	const found = new Map<string, LogRecord[]>();
	for (let start = 0; start < traceIds.length; start += TRACES_PER_QUERY) {
		const rows = await query({
			name: "list logs",
			sql: sql`
				SELECT * FROM (
					SELECT trace_id, span_id, time_unix_nano, event_name, severity_text, body, attributes, hash FROM span_logs
					WHERE trace_id IN ${strings(traceIds.slice(start, start + TRACES_PER_QUERY))}
						AND (project_id IN ${strings(["", projectId])} OR ${string(projectId)} = '')
						AND expires_at > now64(3)
					LIMIT 1 BY trace_id, span_id, time_unix_nano, event_name, hash
				)
				ORDER BY trace_id, span_id, time_unix_nano = 0, time_unix_nano,
					indexOf(${strings(MESSAGE_EVENTS)}, event_name), event_name, hash
				LIMIT ${uint(LOGS_PER_SPAN_MAX)} BY trace_id, span_id
				LIMIT ${uint(LOGS_MAX)}`,
			row: LogRow,
			timeoutSeconds,
		});
		for (const row of rows) {
			const key = `${row.trace_id} ${row.span_id}`;
			const logs = found.get(key);
			if (logs) logs.push(fromLogRow(row));
			else found.set(key, [fromLogRow(row)]);
		}
	}
	return found;
}
