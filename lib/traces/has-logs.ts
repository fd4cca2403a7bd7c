import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql } from "@/lib/clickhouse/sql";

const Row = z.object({ kept: z.number() });

// Where log records come once they come again: they are asked for by trace from then on.
let seen = false;

/**
 * Whether log records are kept, of any project. Says true for ever in a process that has seen one. Costs an eighth of
 * `listLogs`: most senders write none, and every batch of spans asks.
 */
export async function hasLogs({ timeoutSeconds }: { timeoutSeconds?: number } = {}): Promise<boolean> {
	if (seen) return true;
	const rows = await query({
		name: "has logs",
		sql: sql`SELECT 1 AS kept FROM span_logs LIMIT 1`,
		row: Row,
		timeoutSeconds,
	});
	seen = rows.length > 0;
	return seen;
}
