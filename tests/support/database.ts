import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { closeDatabase, openDatabase } from "@/lib/db/client";
import { lockFolder } from "@/lib/db/lock-folder";
import { migrationsFolder } from "@/lib/db/migrate";
import { env } from "@/lib/env";
import { randomHex } from "@/lib/ids";

let dispose: (() => Promise<void>) | undefined;

/** Opens an empty, migrated database of its own: on the server of DATABASE_URL, else embedded in a temporary folder. */
export async function openTestDatabase(): Promise<void> {
	const server = env().DATABASE_URL;
	dispose = server ? await openOnServer(server) : await openInFolder();
}

/** Closes the database of `openTestDatabase()` and removes it. */
export async function closeTestDatabase(): Promise<void> {
	await closeDatabase();
	await dispose?.();
	dispose = undefined;
}

async function openOnServer(server: string): Promise<() => Promise<void>> {
	const name = await createTestDatabase(server);
	await openDatabase({ databaseUrl: name.url });
	return name.drop;
}

/** A new empty database beside the one `server` names; for tests that bring their own tables. */
export async function createTestDatabase(server: string): Promise<{ url: string; drop: () => Promise<void> }> {
	const name = `spanwise_test_${randomHex(8)}`;
	const url = new URL(server);
	url.pathname = `/${name}`;
	await runOn(server, `CREATE DATABASE ${name}`);
	return { url: url.href, drop: () => runOn(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function runOn(connectionString: string, sql: string): Promise<void> {
	const client = new pg.Client({ connectionString });
	await client.connect();
	try {
		await client.query(sql);
	} finally {
		await client.end();
	}
}

async function openInFolder(): Promise<() => Promise<void>> {
	const template = await databaseTemplate();
	const folder = mkdtempSync(join(tmpdir(), "spanwise-test-"));
	cpSync(template, join(folder, "postgres", "data"), { recursive: true });
	await openDatabase({ dataDir: folder });
	return async () => rmSync(folder, { recursive: true, force: true });
}

// initdb in WebAssembly takes seconds; once per machine, PGlite version and set of migrations is enough.
async function databaseTemplate(): Promise<string> {
	const parent = join(tmpdir(), "spanwise-test-templates");
	const template = join(parent, templateKey());
	if (existsSync(template)) return template;
	mkdirSync(parent, { recursive: true });
	const lock = await lockFolder(parent, { waitMs: 60_000 });
	try {
		if (existsSync(template)) return template;
		const staging = mkdtempSync(join(parent, "staging-"));
		await openDatabase({ dataDir: staging });
		await closeDatabase();
		renameSync(join(staging, "postgres", "data"), template);
		rmSync(staging, { recursive: true, force: true });
		return template;
	} finally {
		await lock.release();
	}
}

function templateKey(): string {
	const entry = createRequire(import.meta.url).resolve("@electric-sql/pglite");
	const hash = createHash("sha256").update(readFileSync(join(dirname(entry), "..", "package.json")));
	const migrations = readdirSync(migrationsFolder(), { recursive: true, encoding: "utf8" }).filter((path) =>
		path.endsWith(".sql"),
	);
	for (const path of migrations.sort()) hash.update(path).update(readFileSync(join(migrationsFolder(), path)));
	return hash.digest("hex").slice(0, 24);
}
