import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startClickhouse } from "@/lib/local/start-clickhouse";

export interface OwnStores {
	dataDir: string;
	createProject(name: string): Promise<unknown>;
	close(): Promise<void>;
}

/** Opens both embedded stores in this process, empty and migrated; nothing may have read the environment before. */
export async function openOwnStores(): Promise<OwnStores> {
	const dataDir = mkdtempSync(join(tmpdir(), "spanwise-fuzz-"));
	const server = await startClickhouse({ dataDir });
	Object.assign(process.env, { CLICKHOUSE_URL: server.url, SPANWISE_DATA_DIR: dataDir, DATABASE_URL: "" });
	const [{ closeClickhouse }, { drainInserts }, { migrateClickhouse }, database] = await Promise.all([
		import("@/lib/clickhouse/client"),
		import("@/lib/clickhouse/insert"),
		import("@/lib/clickhouse/migrate"),
		import("@/tests/support/database"),
	]);
	await Promise.all([database.openTestDatabase(), migrateClickhouse()]);
	const { createProject } = await import("@/lib/projects/create-project");
	return {
		dataDir,
		createProject: (name) => createProject({ name }),
		async close() {
			const { drainAccounting } = await import("@/lib/accounting/drain-accounting");
			await drainInserts();
			await drainAccounting();
			await closeClickhouse();
			await database.closeTestDatabase();
			await server.stop();
			rmSync(dataDir, { recursive: true, force: true });
		},
	};
}
