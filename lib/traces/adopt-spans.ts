import { z } from "zod";
import { command } from "@/lib/clickhouse/command";
import { query } from "@/lib/clickhouse/query";
import { dateTime64, joinSql, type Sql, sql, string, strings } from "@/lib/clickhouse/sql";
import { SPAN_COLUMNS } from "@/lib/traces/span-row";

const ROWS_MAX = 1000;
const Row = z.object({ trace_id: z.string(), version: z.string() });
const Unlinked = z.object({ some: z.number() });
const KEPT = SPAN_COLUMNS.filter((column) => column !== "project_id" && column !== "inserted_at");
const VERSION = sql`concat(trace_id, span_id, toString(toUnixTimestamp64Micro(inserted_at)))`;

/**
 * Moves spans that arrived without a project into the project that the rest of their trace names, for traces that the
 * project got spans of since then. They count as arriving now, so rules see them. One that the project holds already is
 * only dropped: the project's came with a later batch. Returns how many rows it took up. Safe to repeat: a crash between
 * copy and delete is finished by the next call, and only rows that were looked at are deleted, so one arriving meanwhile
 * stays for the next call.
 */
export async function adoptSpans(projectId: string, since: Date): Promise<number> {
	if (!(await hasUnlinked())) return 0;
	const unlinked = await query({
		name: "find unlinked spans",
		sql: sql`SELECT trace_id, ${VERSION} AS version FROM spans
			WHERE project_id = '' AND trace_id IN (
				SELECT trace_id FROM spans WHERE project_id = ${string(projectId)} AND inserted_at >= ${dateTime64(since)}
			) LIMIT ${{ type: "UInt32", value: ROWS_MAX }}`,
		row: Row,
	});
	if (unlinked.length === 0) return 0;
	const traces = strings([...new Set(unlinked.map((row) => row.trace_id))]);
	const versions = strings(unlinked.map((row) => row.version));
	const chosen = sql`project_id = '' AND trace_id IN ${traces} AND ${VERSION} IN ${versions}`;
	const columns = joinSql(KEPT.map(identifier), ",");
	await command(
		"adopt spans",
		sql`INSERT INTO spans (project_id, ${columns})
			SELECT ${string(projectId)}, ${columns} FROM spans FINAL WHERE ${chosen} AND (trace_id, span_id) NOT IN (
				SELECT trace_id, span_id FROM spans WHERE project_id = ${string(projectId)} AND trace_id IN ${traces})`,
	);
	await command("drop adopted lines", sql`DELETE FROM spans_by_time WHERE ${chosen}`);
	await command("drop adopted spans", sql`DELETE FROM spans WHERE ${chosen}`);
	return unlinked.length;
}

// Mostly there are none, which the primary key tells at once: the question above reads all that the project got.
async function hasUnlinked(): Promise<boolean> {
	const text = sql`SELECT 1 AS some FROM spans WHERE project_id = '' LIMIT 1`;
	return (await query({ name: "has unlinked spans", sql: text, row: Unlinked })).length > 0;
}

// Column names come from our own schema, never from outside.
function identifier(column: string): Sql {
	return { strings: [column], parameters: [] };
}
