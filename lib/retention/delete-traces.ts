import { z } from "zod";
import { command } from "@/lib/clickhouse/command";
import { query } from "@/lib/clickhouse/query";
import { sql, strings } from "@/lib/clickhouse/sql";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";

const Row = z.object({ total: z.coerce.number() });

/**
 * Deletes the traces with all that is stored of them: spans, log records and scores, evaluations with their reasons, feedback.
 * They are gone when it returns; one that breaks off is finished by its repetition. The books of ingest keep their arrivals, as
 * expired ones, so nobody takes what was deleted for lost. Returns how many traces there were.
 */
export async function deleteTraces({
	projectIds,
	traceIds,
}: {
	projectIds: readonly string[];
	traceIds: readonly string[];
}): Promise<number> {
	const chosen = sql`project_id IN ${strings(projectIds)} AND trace_id IN ${strings(traceIds)}`;
	const [found] = await query({
		name: "count traces to delete",
		sql: sql`SELECT uniqExact(project_id, trace_id) AS total FROM spans WHERE ${chosen} AND expires_at > now64(3)`,
		row: Row,
	});
	const among = { projectId: { in: projectIds.filter((id) => id !== "") }, traceId: { in: [...traceIds] } };
	await withDatabase(() => db().evaluationTask.deleteMany({ where: among }));
	await withDatabase(() => db().feedback.deleteMany({ where: among }));
	if (!found || found.total === 0) return 0;
	await command(
		"expire arrivals of deleted traces",
		sql`ALTER TABLE span_arrivals UPDATE expires_at = now()
			WHERE identity IN (SELECT sipHash64(project_id, trace_id, span_id) FROM spans WHERE ${chosen})
			SETTINGS mutations_sync = 1`,
	);
	await command("delete lines of traces", sql`DELETE FROM spans_by_time WHERE ${chosen}`);
	await command("delete log records of traces", sql`DELETE FROM span_logs WHERE ${chosen}`);
	await command("delete scores of traces", sql`DELETE FROM scores WHERE ${chosen}`);
	await command("delete extents of traces", sql`DELETE FROM trace_extents WHERE ${chosen}`);
	await command("delete spans of traces", sql`DELETE FROM spans WHERE ${chosen}`);
	return found.total;
}
