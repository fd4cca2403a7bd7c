import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql } from "@/lib/clickhouse/sql";
import { latestSpans } from "@/lib/traces/latest-spans";
import { ofTrace } from "@/lib/traces/of-trace";

const Row = z.object({ span_id: z.string(), output: z.string() });

/** A number for the output of each span of a trace, the same for the same text; spans without one are absent. */
export async function hashOutputs({
	projectId,
	traceId,
}: {
	projectId: string;
	traceId: string;
}): Promise<Map<string, string>> {
	const rows = await query({
		name: "hash outputs",
		sql: sql`
			SELECT span_id, output
			FROM ${latestSpans(sql`span_id, cityHash64(whole_output_text) AS output, has_output_text, expires_at`, ofTrace(projectId, traceId))}
			WHERE has_output_text`,
		row: Row,
	});
	return new Map(rows.map((row) => [row.span_id, row.output]));
}
