import { z } from "zod";
import { command } from "@/lib/clickhouse/command";
import { query } from "@/lib/clickhouse/query";
import { sql } from "@/lib/clickhouse/sql";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";

const Count = z.object({ total: z.string() });

const EXPIRING = [
	[
		"spans",
		sql`SELECT count() AS total FROM spans WHERE expires_at <= now64(3)`,
		sql`DELETE FROM spans WHERE expires_at <= now64(3)`,
	],
	[
		"lines of spans",
		sql`SELECT count() AS total FROM spans_by_time WHERE expires_at <= now64(3)`,
		sql`DELETE FROM spans_by_time WHERE expires_at <= now64(3)`,
	],
	[
		"trace extents",
		sql`SELECT count() AS total FROM trace_extents WHERE expires_at <= now64(3)`,
		sql`DELETE FROM trace_extents WHERE expires_at <= now64(3)`,
	],
	[
		"span logs",
		sql`SELECT count() AS total FROM span_logs WHERE expires_at <= now64(3)`,
		sql`DELETE FROM span_logs WHERE expires_at <= now64(3)`,
	],
	[
		"scores",
		sql`SELECT count() AS total FROM scores WHERE expires_at <= now64(3)`,
		sql`DELETE FROM scores WHERE expires_at <= now64(3)`,
	],
] as const;

/**
 * Removes what has expired from both stores: evaluations and feedback from Postgres, spans, their log records and scores from ClickHouse. The tables' TTL
 * would drop the rows too, whenever parts merge; this makes it happen now. Readers hid them already.
 */
export async function expireTraces(now: Date = new Date()): Promise<void> {
	const where = { expiresAt: { lte: now } };
	await withDatabase(() => db().evaluationTask.deleteMany({ where }));
	await withDatabase(() => db().feedback.deleteMany({ where }));
	for (const [table, counting, deleting] of EXPIRING) {
		const [expired] = await query({ name: `count expired ${table}`, sql: counting, row: Count });
		if (expired && expired.total !== "0") await command(`delete expired ${table}`, deleting);
	}
}
