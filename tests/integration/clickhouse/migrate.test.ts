import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { migrateClickhouse } from "@/lib/clickhouse/migrate";
import { query } from "@/lib/clickhouse/query";
import { sql } from "@/lib/clickhouse/sql";
import { failure } from "@/tests/support/failure";
import { ownClickhouse } from "@/tests/support/stores";

ownClickhouse();

const OURS = ["0001_create_spans.sql", "0002_create_scores.sql"];
let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "spanwise-migrations-"));
	cpSync("clickhouse/migrations", folder, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function recorded(): Promise<string[]> {
	const rows = await query({
		name: "recorded migrations",
		sql: sql`SELECT name FROM schema_migrations FINAL ORDER BY name`,
		row: z.object({ name: z.string() }),
	});
	return rows.map((row) => row.name);
}

describe("migrateClickhouse()", () => {
	it("lets several processes start at once, and has nothing to do afterwards", async () => {
		await Promise.all([migrateClickhouse(folder), migrateClickhouse(folder), migrateClickhouse(folder)]);
		expect(await recorded()).toEqual(expect.arrayContaining(OURS));
		expect(await migrateClickhouse(folder)).toEqual([]);
		expect(await migrateClickhouse()).toEqual([]);
	});

	it("takes line ends of another system for the same text", async () => {
		const file = join(folder, "0003_first.sql");
		writeFileSync(file, "CREATE TABLE IF NOT EXISTS one (a UInt8)\nENGINE = Memory;\n");
		expect(await migrateClickhouse(folder)).toEqual(["0003_first.sql"]);
		writeFileSync(file, "CREATE TABLE IF NOT EXISTS one (a UInt8)\r\nENGINE = Memory;\r\n");
		expect(await migrateClickhouse(folder)).toEqual([]);
	});

	it("runs several statements of a file in order, comments and semicolons within lines aside", async () => {
		const text = [
			"-- a comment; with a semicolon",
			"CREATE TABLE IF NOT EXISTS two (a String DEFAULT 'x;y')",
			"ENGINE = MergeTree ORDER BY a;  ",
			"  -- another",
			"INSERT INTO two (a) VALUES ('p;q');",
		];
		writeFileSync(join(folder, "0004_second.sql"), text.join("\n"));
		expect(await migrateClickhouse(folder)).toEqual(["0004_second.sql"]);
		const rows = await query({ name: "read", sql: sql`SELECT a FROM two`, row: z.object({ a: z.string() }) });
		expect(rows).toEqual([{ a: "p;q" }]);
	});

	it("refuses a file that was changed after it had been applied, and names it", async () => {
		const file = join(folder, "0005_third.sql");
		writeFileSync(file, "CREATE TABLE IF NOT EXISTS three (a UInt8) ENGINE = Memory;\n");
		await migrateClickhouse(folder);
		writeFileSync(file, "CREATE TABLE IF NOT EXISTS three (a UInt16) ENGINE = Memory;\n");
		expect(await failure(() => migrateClickhouse(folder))).toMatchObject({
			code: "conflict",
			retryable: false,
			message: "ClickHouse migration 0005_third.sql was changed after it had been applied",
		});
		rmSync(file);
	});

	it("repairs a file that broke off half-way at the next run", async () => {
		const file = join(folder, "0006_fourth.sql");
		const first = "CREATE TABLE IF NOT EXISTS four (a UInt8) ENGINE = Memory;\n";
		writeFileSync(file, `${first}CREATE TABEL five;\n`);
		await expect(migrateClickhouse(folder)).rejects.toThrow();
		expect(await recorded()).not.toContain("0006_fourth.sql");
		writeFileSync(file, `${first}CREATE TABLE IF NOT EXISTS five (a UInt8) ENGINE = Memory;\n`);
		expect(await migrateClickhouse(folder)).toEqual(["0006_fourth.sql"]);
	});
});
