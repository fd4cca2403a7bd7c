import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@clickhouse/client";
import { afterAll, beforeAll, inject } from "vitest";
import { closeClickhouse } from "@/lib/clickhouse/client";
import { drainInserts } from "@/lib/clickhouse/insert";
import { migrateClickhouse } from "@/lib/clickhouse/migrate";
import { randomHex } from "@/lib/ids";
import { closeTestDatabase, openTestDatabase } from "./database";

// Whatever the machine configures, suites run with the defaults.
const CONFIGURED = ["RETENTION_DAYS", "SWEEP_INTERVAL_MS", "EVAL_MAX_ATTEMPTS", "EVAL_CLAIM_TIMEOUT_MS"];

/**
 * Gives the suite both stores, empty and migrated, and a data folder of its own; all are gone afterwards. The environment is
 * set before anything reads it, so call it at the top of the file and read `env()` in tests only.
 */
export function ownStores(environment: Record<string, string> = {}): void {
	const dataDir = mkdtempSync(join(tmpdir(), "spanwise-test-"));
	const clickhouse = ownClickhouse();
	for (const name of CONFIGURED) {
		delete process.env[`SPANWISE_TRACE_${name}`];
		delete process.env[`DOKIMOS_TRACE_${name}`];
	}
	delete process.env.SPANWISE_ENCRYPTION_KEY;
	Object.assign(process.env, { SPANWISE_DATA_DIR: dataDir, ...environment });

	beforeAll(async () => {
		await Promise.all([openTestDatabase(), clickhouse.ready().then(() => migrateClickhouse())]);
	});
	afterAll(async () => {
		await closeTestDatabase();
		rmSync(dataDir, { recursive: true, force: true });
	});
}

/** A ClickHouse database of its own, empty; `ready` resolves once it exists. It is dropped at the end. */
export function ownClickhouse(): { ready(): Promise<void> } {
	const server = inject("clickhouseUrl");
	const name = `spanwise_test_${randomHex(8)}`;
	const url = new URL(server);
	url.pathname = `/${name}`;
	process.env.CLICKHOUSE_URL = url.href;

	let creating: Promise<void> | undefined;
	const ready = () => {
		creating ??= runOn(server, `CREATE DATABASE ${name}`);
		return creating;
	};
	beforeAll(ready);
	afterAll(async () => {
		await drainInserts();
		await closeClickhouse();
		await runOn(server, `DROP DATABASE IF EXISTS ${name}`);
	});
	return { ready };
}

async function runOn(url: string, query: string): Promise<void> {
	const client = createClient({ url });
	try {
		await client.command({ query });
	} finally {
		await client.close();
	}
}
