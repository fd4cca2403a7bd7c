import { readFileSync } from "node:fs";
import { createClient } from "@clickhouse/client";
import { clickhouseFiles, clickhouseUrl } from "@/lib/local/clickhouse-config";
import type { App } from "@/tests/support/app-server";

const DATABASE = "spanwise";

/** The address of the ClickHouse that an application brought along. Needs /proc. */
export function embeddedClickhouseUrl(app: App): string {
	const host = readFileSync(`/proc/${app.clickhousePid()}/cmdline`, "utf8").split("\0").filter(Boolean);
	const password = readFileSync(clickhouseFiles(app.dataDir).password, "utf8").trim();
	return clickhouseUrl(Number(host.at(-1)), password, DATABASE);
}

/** Runs statements without a result, one after the other. */
export async function runStatements(url: string, statements: readonly string[]): Promise<void> {
	const client = createClient({ url });
	try {
		for (const query of statements) await client.command({ query });
	} finally {
		await client.close();
	}
}
