import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { clickhouse } from "@/lib/clickhouse/client";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/logger";

// Copying what came before may take minutes, in which nothing else would tell the client that the server is at it.
const PATIENT = { send_progress_in_http_headers: 1, http_headers_progress_interval_ms: "20000" } as const;
const FOLDER = join(/* turbopackIgnore: true */ process.cwd(), "clickhouse", "migrations");

/**
 * Applies the numbered migrations that the database has not seen, in order, and records each with the sha256 of its text.
 * Every statement is idempotent DDL, so two starters may run this at once and a crash half-way is repaired by the next run.
 * A recorded file whose text changed is refused: a landed migration is never edited.
 */
export async function migrateClickhouse(folder: string = FOLDER): Promise<string[]> {
	const client = clickhouse();
	await client.command({
		query: `CREATE TABLE IF NOT EXISTS schema_migrations (name String, checksum String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC'))
			ENGINE = ReplacingMergeTree(applied_at) ORDER BY name`,
	});
	const recorded = await client.query({
		query: "SELECT name, checksum FROM schema_migrations FINAL",
		format: "JSONEachRow",
	});
	const known = new Map(
		(await recorded.json<{ name: string; checksum: string }>()).map((row) => [row.name, row.checksum]),
	);
	const files = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
	const applied: string[] = [];
	for (const name of files) {
		const text = (await readFile(join(folder, name), "utf8")).replaceAll("\r\n", "\n");
		const checksum = createHash("sha256").update(text).digest("hex");
		const seen = known.get(name);
		if (seen === checksum) continue;
		if (seen) throw new AppError("conflict", `ClickHouse migration ${name} was changed after it had been applied`);
		for (const statement of statements(text)) {
			await client.command({ query: statement, clickhouse_settings: PATIENT });
		}
		await client.insert({ table: "schema_migrations", values: [{ name, checksum }], format: "JSONEachRow" });
		logger.info("clickhouse migration applied", { name });
		applied.push(name);
	}
	return applied;
}

/** Statements end with a semicolon at a line's end; comment lines are dropped. */
function statements(text: string): string[] {
	return text
		.split("\n")
		.filter((line) => !line.trimStart().startsWith("--"))
		.join("\n")
		.split(/;[ \t]*(?:\n|$)/)
		.map((statement) => statement.trim())
		.filter((statement) => statement !== "");
}
