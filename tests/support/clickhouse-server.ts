import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startClickhouse } from "@/lib/local/start-clickhouse";

declare module "vitest" {
	interface ProvidedContext {
		/** A ClickHouse every suite may use: `inject("clickhouseUrl")`. */
		clickhouseUrl: string;
	}
}

/** Vitest global setup: one ClickHouse for the whole run, the one of `CLICKHOUSE_URL` or an embedded one of its own. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
	const given = process.env.CLICKHOUSE_URL;
	if (given) {
		project.provide("clickhouseUrl", given);
		return undefined;
	}
	const dataDir = mkdtempSync(join(tmpdir(), "spanwise-test-"));
	const server = await startClickhouse({ dataDir });
	project.provide("clickhouseUrl", server.url);
	return async () => {
		await server.stop();
		rmSync(dataDir, { recursive: true, force: true });
	};
}
