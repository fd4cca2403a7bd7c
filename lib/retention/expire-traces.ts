import { z } from "zod";
import { command } from "@/lib/clickhouse/command";
import { query } from "@/lib/clickhouse/query";
import { sql } from "@/lib/clickhouse/sql";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";

const Count = z.object({ total: z.string() });

/**
 * Removes what has expired from both stores: evaluations from Postgres, spans and scores from ClickHouse. The tables' TTL
 * would drop the rows too, whenever parts merge; this makes it happen now. Readers hid them already.
 */
export async function expireTraces(now: Date = new Date()): Promise<void> {
	await withDatabase(() => db().evaluationTask.deleteMany({ where: { expiresAt: { lte: now } } }));
	const [spans] = await query({
		name: "count expired spans",
		sql: sql`SELECT count() AS total FROM spans WHERE expires_at <= now64(3)`,
		row: Count,
	});
	if (spans && spans.total !== "0")
		await command("delete expired spans", sql`DELETE FROM spans WHERE expires_at <= now64(3)`);
	const [scores] = await query({
		name: "count expired scores",
		sql: sql`SELECT count() AS total FROM scores WHERE expires_at <= now64(3)`,
		row: Count,
	});
	if (scores && scores.total !== "0") {
		await command("delete expired scores", sql`DELETE FROM scores WHERE expires_at <= now64(3)`);
	}
}
