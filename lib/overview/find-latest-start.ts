import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql, strings } from "@/lib/clickhouse/sql";

/** A page waits for it before it shows anything. */
const PATIENCE_SECONDS = 2;

const Row = z.object({ started: z.string() });

/** When the latest live span of some projects started, in epoch milliseconds; null when there is none. */
export async function findLatestStart(projectIds: string[]): Promise<{ startedMs: number | null }> {
	const [row] = await query({
		name: "overview latest start",
		sql: sql`
			SELECT started FROM spans_by_time
			WHERE project_id IN ${strings(projectIds)} AND expires_at > now64(3) AND origin != 'judge'
			ORDER BY started DESC
			LIMIT 1`,
		row: Row,
		timeoutSeconds: PATIENCE_SECONDS,
	});
	return { startedMs: row ? Number(BigInt(row.started) / 1_000_000n) : null };
}
