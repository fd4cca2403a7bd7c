import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type MigrationSession, migrate, pgSession } from "@/lib/db/migrate";
import { env } from "@/lib/env";
import { randomHex } from "@/lib/ids";
import { createTestDatabase } from "@/tests/support/database";

const server = env().DATABASE_URL;

let folder: string;
let connect: () => Promise<MigrationSession>;
let session: MigrationSession;
let closers: (() => Promise<void>)[] = [];
let closeStore: () => Promise<void>;
let schema: string;

beforeAll(async () => {
	if (server) {
		const database = await createTestDatabase(server);
		closeStore = database.drop;
		connect = async () => {
			const client = new pg.Client({ connectionString: database.url });
			await client.connect();
			closers.push(() => client.end());
			return pgSession(client);
		};
	} else {
		const postgres = await PGlite.create();
		closeStore = () => postgres.close();
		connect = async () => postgres;
	}
});

afterAll(() => closeStore());

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), "spanwise-migrations-"));
	writeFileSync(join(folder, "migration_lock.toml"), `provider = "postgresql"\n`);
	// A schema for each test is quicker than a database for each test.
	schema = `test_${randomHex(6)}`;
	session = await connect();
	await session.exec(`CREATE SCHEMA ${schema}`);
	await enter(session);
});

afterEach(async () => {
	for (const close of closers) await close();
	closers = [];
	rmSync(folder, { recursive: true, force: true });
});

async function enter(entering: MigrationSession): Promise<void> {
	await entering.exec(`SET search_path TO ${schema}`);
}

function file(name: string, script: string): void {
	mkdirSync(join(folder, name), { recursive: true });
	writeFileSync(join(folder, name, "migration.sql"), script);
}

async function rows<Row>(sql: string): Promise<Row[]> {
	return (await session.query<Row>(sql)).rows;
}

function tables(): Promise<{ name: string }[]> {
	return rows(
		`SELECT table_name::text AS name FROM information_schema.tables
		WHERE table_schema = current_schema() AND table_name <> '_prisma_migrations' ORDER BY 1`,
	);
}

describe("migrate()", () => {
	it("applies the files in order, once", async () => {
		file("2_more", "ALTER TABLE things ADD COLUMN size INT; INSERT INTO things VALUES ('a', 1)");
		file("1_init", `CREATE TABLE "things" ("id" TEXT PRIMARY KEY); -- a comment at the end`);
		expect(await migrate(session, folder)).toEqual(["1_init", "2_more"]);
		expect(await migrate(session, folder)).toEqual([]);
		expect(await rows("SELECT * FROM things")).toEqual([{ id: "a", size: 1 }]);
	});

	it("keeps the ledger as Prisma's engine does", async () => {
		file("1_init", "CREATE TABLE a (id INT)");
		await migrate(session, folder);
		const ledger = await rows<Record<string, unknown>>(`SELECT * FROM "_prisma_migrations"`);
		expect(ledger).toEqual([
			{
				id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
				// sha256 of the file
				checksum: "d9679ffb60798b853d26cb1d6443efe2679c611f5b50803b9832171c6f9e3ec7",
				migration_name: "1_init",
				started_at: expect.any(Date),
				finished_at: expect.any(Date),
				rolled_back_at: null,
				logs: null,
				applied_steps_count: 1,
			},
		]);
	});

	it("applies only the new file of a later release", async () => {
		file("1_init", "CREATE TABLE a (id INT)");
		await migrate(session, folder);
		file("2_more", "CREATE TABLE b (id INT)");
		expect(await migrate(session, folder)).toEqual(["2_more"]);
	});

	it("refuses a file that was changed after it was applied", async () => {
		file("1_init", "CREATE TABLE a (id INT)");
		await migrate(session, folder);
		file("1_init", "CREATE TABLE a (id BIGINT)");
		file("2_more", "CREATE TABLE b (id INT)");
		await expect(migrate(session, folder)).rejects.toMatchObject({
			code: "conflict",
			publicMessage: expect.stringContaining("1_init was changed"),
		});
		expect(await tables()).toEqual([{ name: "a" }]);
	});

	it("accepts an applied file whose line endings were turned", async () => {
		file("1_init", "CREATE TABLE a (\n\tid INT\n);\n");
		await migrate(session, folder);
		file("1_init", "CREATE TABLE a (\r\n\tid INT\r\n);\r\n");
		expect(await migrate(session, folder)).toEqual([]);
	});

	it("leaves nothing of a failed file behind, and is blocked by it", async () => {
		file("1_init", "CREATE TABLE a (id INT)");
		file("2_bad", "CREATE TABLE b (id INT); INSERT INTO b VALUES (1); SELECT 1 / 0;");
		await expect(migrate(session, folder)).rejects.toMatchObject({
			code: "internal",
			publicMessage: "Migration 2_bad failed: division by zero",
		});
		expect(await tables()).toEqual([{ name: "a" }]);
		expect(
			await rows(
				`SELECT finished_at, logs, applied_steps_count AS steps FROM "_prisma_migrations" WHERE migration_name = '2_bad'`,
			),
		).toEqual([{ finished_at: null, logs: "division by zero", steps: 0 }]);
		await expect(migrate(session, folder)).rejects.toMatchObject({
			code: "conflict",
			publicMessage: expect.stringContaining("2_bad failed before"),
		});
	});

	it("tries a failed file again once it is repaired or its row is marked as rolled back", async () => {
		file("1_bad", "CREATE TABLE a (id INT); SELECT 1 / 0");
		await expect(migrate(session, folder)).rejects.toMatchObject({ code: "internal" });
		await session.exec(`UPDATE "_prisma_migrations" SET rolled_back_at = now()`);
		await expect(migrate(session, folder)).rejects.toMatchObject({ code: "internal" });
		file("1_bad", "CREATE TABLE a (id INT); SELECT 1 / 1");
		expect(await migrate(session, folder)).toEqual(["1_bad"]);
		expect(await migrate(session, folder)).toEqual([]);
	});

	it("leaves nothing behind when a script with a transaction of its own fails", async () => {
		file("1_bad", "BEGIN; CREATE TABLE a (id INT); SELECT 1 / 0; COMMIT;");
		await expect(migrate(session, folder)).rejects.toMatchObject({ code: "internal" });
		expect(await tables()).toEqual([]);
		await expect(migrate(session, folder)).rejects.toMatchObject({ code: "conflict" });
	});

	it("is blocked by an attempt of Prisma's engine that has not ended", async () => {
		file("1_init", "CREATE TABLE a (id INT)");
		await migrate(session, folder);
		await session.exec(`UPDATE "_prisma_migrations" SET finished_at = NULL`);
		await expect(migrate(session, folder)).rejects.toMatchObject({ code: "conflict" });
	});

	it("goes on when the database is ahead of the files", async () => {
		file("1_init", "CREATE TABLE a (id INT)");
		file("2_newer", "CREATE TABLE b (id INT)");
		await migrate(session, folder);
		rmSync(join(folder, "2_newer"), { recursive: true });
		expect(await migrate(session, folder)).toEqual([]);
	});

	it.skipIf(!server)("applies once when two runners start at the same time", async () => {
		for (let number = 1; number <= 5; number++)
			file(`${number}_step`, `CREATE TABLE t${number} (id INT); SELECT pg_sleep(0.05)`);
		const rival = await connect();
		await enter(rival);
		const applied = await Promise.all([migrate(session, folder), migrate(rival, folder)]);
		expect(applied.flat().sort()).toEqual(["1_step", "2_step", "3_step", "4_step", "5_step"]);
		expect(await rows(`SELECT count(*)::int AS count FROM "_prisma_migrations"`)).toEqual([{ count: 5 }]);
	});
});
