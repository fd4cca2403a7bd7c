import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql, string } from "@/lib/clickhouse/sql";
import { arrivedWith } from "@/lib/traces/arrived-with";

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
			SELECT span_id, cityHash64(whole_output_text) AS output FROM spans FINAL
			WHERE project_id = ${string(projectId)} AND trace_id = ${string(traceId)} AND has_output_text
				AND expires_at > now64(3) AND ${arrivedWith({ projectIds: [projectId], traceId })}`,
		row: Row,
	});
	return new Map(rows.map((row) => [row.span_id, row.output]));
}
