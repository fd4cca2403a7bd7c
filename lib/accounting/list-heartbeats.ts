import { z } from "zod";
import { ledger } from "@/lib/accounting/ledger";
import { query } from "@/lib/clickhouse/query";
import { sql, string, uint } from "@/lib/clickhouse/sql";

/** Spans in flight as a process told of them. */
export interface HeldSpans {
	projectId: string;
	receivedMs: number;
	/** All that came in with them, those that are stored included. */
	opened: number;
	spans: number;
}

/** An older heartbeat is that of a process that is gone, and of spans whose senders got no answer. */
const FRESH_SECONDS = 5;

const Row = z.object({ project_id: z.string(), received_ms: z.string(), opened: z.string(), spans: z.string() });

/** What other processes hold in flight, as of their latest heartbeats. Throws `unavailable`. */
export async function listHeartbeats(): Promise<HeldSpans[]> {
	const rows = await query({
		name: "list spans in flight",
		sql: sql`
			SELECT project_id, toUnixTimestamp64Milli(received_at) AS received_ms, opened, spans
			FROM (
				SELECT *, max(heartbeat) OVER (PARTITION BY process) AS latest FROM ingest_processes
				WHERE noted_at > now64(3) - toIntervalSecond(${uint(FRESH_SECONDS)}) AND process != ${string(ledger.process)}
			)
			WHERE heartbeat = latest AND spans > 0`,
		row: Row,
	});
	return rows.map(({ project_id, received_ms, opened, spans }) => ({
		projectId: project_id,
		receivedMs: Number(received_ms),
		opened: Number(opened),
		spans: Number(spans),
	}));
}
