import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ClientBase } from "pg";
import { AppError } from "@/lib/errors";
import { randomHex } from "@/lib/ids";
import { logger } from "@/lib/logger";

/** One database session. `exec` sends a script by the simple protocol: all of it takes effect or none of it. */
export interface MigrationSession {
	query<Row>(sql: string, parameters?: unknown[]): Promise<{ rows: Row[] }>;
	exec(script: string): Promise<unknown>;
}

/** The session of a connected node-postgres client; PGlite is one as it is. */
export function pgSession(client: ClientBase): MigrationSession {
	return {
		query: async <Row>(sql: string, parameters?: unknown[]) => {
			const { rows } = await client.query(sql, parameters);
			return { rows: rows as Row[] };
		},
		// Without parameters node-postgres uses the simple protocol.
		exec: (script) => client.query(script),
	};
}

interface Migration {
	name: string;
	script: string;
	checksum: string;
}

interface LedgerRow {
	migration_name: string;
	checksum: string;
	finished: boolean;
	logs: string | null;
}

// The advisory lock that Prisma's own engine takes, so that neither runs beside the other.
const PRISMA_LOCK = 72707369;

// Columns as Prisma's engine makes them.
const LEDGER = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
	"id" VARCHAR(36) PRIMARY KEY NOT NULL,
	"checksum" VARCHAR(64) NOT NULL,
	"finished_at" TIMESTAMPTZ,
	"migration_name" VARCHAR(255) NOT NULL,
	"logs" TEXT,
	"rolled_back_at" TIMESTAMPTZ,
	"started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
	"applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Brings a database up to the migrations in `folder` and returns the names of those it applied. Keeps the ledger of
 * Prisma's engine, so `prisma migrate` works on the same database. Throws `conflict` when an applied file was changed
 * or an earlier attempt failed, `internal` when a script fails; a failed script leaves nothing behind but its log.
 */
export async function migrate(session: MigrationSession, folder = migrationsFolder()): Promise<string[]> {
	const migrations = readMigrations(folder);
	// Nothing to do is the usual case, and it needs no lock: a lock would not survive a pooler in front of the server.
	if (!needsWork(migrations, await readLedger(session))) return [];

	await session.query(`SELECT pg_advisory_lock(${PRISMA_LOCK})::text`);
	try {
		await session.exec(LEDGER);
		const ledger = await readLedger(session);
		const applied: string[] = [];
		for (const migration of migrations) {
			const state = judge(migration, ledger);
			if (state === "applied") continue;
			if (state === "repaired") await markRolledBack(session, migration);
			await apply(session, migration);
			applied.push(migration.name);
		}
		return applied;
	} finally {
		await session.query(`SELECT pg_advisory_unlock(${PRISMA_LOCK})`).catch(() => undefined);
	}
}

export function migrationsFolder(): string {
	return join(/* turbopackIgnore: true */ process.cwd(), "prisma", "migrations");
}

function readMigrations(folder: string): Migration[] {
	if (!existsSync(/* turbopackIgnore: true */ folder)) {
		throw new AppError("internal", `The migrations are missing: there is no folder ${folder}`);
	}
	return readdirSync(/* turbopackIgnore: true */ folder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map((entry) => entry.name)
		.sort()
		.map((name) => {
			const script = readFileSync(join(/* turbopackIgnore: true */ folder, name, "migration.sql"), "utf8");
			return { name, script, checksum: sha256(script) };
		});
}

async function readLedger(session: MigrationSession): Promise<LedgerRow[]> {
	const { rows } = await session.query<{ present: boolean }>(
		`SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS present`,
	);
	if (!rows[0]?.present) return [];
	const ledger = await session.query<LedgerRow>(
		`SELECT migration_name, checksum, finished_at IS NOT NULL AS finished, logs
		FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY started_at`,
	);
	return ledger.rows;
}

function needsWork(migrations: Migration[], ledger: LedgerRow[]): boolean {
	const known = new Set(migrations.map((migration) => migration.name));
	const foreign = ledger.filter((row) => !known.has(row.migration_name));
	// An older release beside a newer one during a roll-out is no mistake.
	for (const row of foreign)
		logger.warn("database has a migration this release does not know", { name: row.migration_name });
	return migrations.some((migration) => {
		const row = ledger.find((candidate) => candidate.migration_name === migration.name);
		return !row?.finished || judge(migration, ledger) !== "applied";
	});
}

function judge(migration: Migration, ledger: LedgerRow[]): "applied" | "repaired" | "new" {
	const row = ledger.find((candidate) => candidate.migration_name === migration.name);
	if (!row) return "new";
	const same = sameScript(migration.script, row.checksum);
	if (row.finished) {
		if (same) return "applied";
		throw new AppError(
			"conflict",
			`Migration ${migration.name} was changed after it was applied. Restore the file and put the change into a new migration.`,
		);
	}
	if (row.logs !== null && !same) return "repaired";
	throw new AppError(
		"conflict",
		`Migration ${migration.name} failed before and left nothing behind. Repair its file, or set rolled_back_at of its row in _prisma_migrations to try the same file again.`,
		{ cause: row.logs ?? undefined },
	);
}

// Script and ledger row travel together, so a process killed half way leaves neither.
async function apply(session: MigrationSession, migration: Migration): Promise<void> {
	try {
		await session.exec(`${migration.script}\n;\n${ledgerInsert(migration, "clock_timestamp()", "NULL", 1)}`);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		// The script may have opened a transaction of its own. If the connection is gone, nothing is recorded: try again later.
		await session.exec("ROLLBACK").catch(() => undefined);
		await session.exec(ledgerInsert(migration, "NULL", literal(reason), 0)).catch(() => undefined);
		throw new AppError("internal", `Migration ${migration.name} failed: ${reason}`, { cause: error });
	}
	logger.info("migration applied", { name: migration.name });
}

async function markRolledBack(session: MigrationSession, migration: Migration): Promise<void> {
	await session.query(
		`UPDATE "_prisma_migrations" SET rolled_back_at = now() WHERE migration_name = $1 AND finished_at IS NULL`,
		[migration.name],
	);
}

function ledgerInsert(migration: Migration, finishedAt: string, logs: string, steps: number): string {
	const id = randomHex(16).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
	return `INSERT INTO "_prisma_migrations"
		(id, checksum, migration_name, started_at, finished_at, logs, applied_steps_count)
		VALUES ('${id}', '${migration.checksum}', ${literal(migration.name)}, now(), ${finishedAt}, ${logs}, ${steps})`;
}

function literal(text: string): string {
	return `E'${text.replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll("\0", "")}'`;
}

// A checkout may have turned the line endings.
function sameScript(script: string, checksum: string): boolean {
	const unix = script.replaceAll("\r\n", "\n");
	return [script, unix, unix.replaceAll("\n", "\r\n")].some((variant) => sha256(variant) === checksum);
}

function sha256(text: string): string {
	return createHash("sha256").update(text).digest("hex");
}
