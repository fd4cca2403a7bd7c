import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clickhouseUrl } from "@/lib/local/clickhouse-config";
import { nodeArguments, projectRoot } from "@/lib/local/project-root";
import { startClickhouse } from "@/lib/local/start-clickhouse";
import { startPostgres } from "@/tests/bench/start-postgres";
import { type App, type AppHome, cleanEnvironment, startApp } from "@/tests/support/app-server";
import { createTestDatabase } from "@/tests/support/database";
import { childrenOf } from "@/tests/support/processes";

export type Mode = "embedded" | "server";

/** The product as a user starts it, with everything the bench asks of it. */
export interface ServedProduct {
	url: string;
	webPid: number;
	clickhousePid: number;
	clickhouseUrl: string;
	/** Where its stores are, for people. */
	stores: string;
	stop(): Promise<void>;
}

/** Builds the application when its sources changed since the last build. */
export function buildProduct(): void {
	const folder = mkdtempSync(join(tmpdir(), "spanwise-bench-build-"));
	const { status } = spawnSync(process.execPath, [...nodeArguments("lib/local/start.ts"), "--build"], {
		cwd: projectRoot,
		env: { ...cleanEnvironment(), SPANWISE_DATA_DIR: folder },
		stdio: ["ignore", "inherit", "inherit"],
	});
	rmSync(folder, { recursive: true, force: true });
	if (status !== 0) throw new Error("the application could not be built");
}

/**
 * Starts supervisor and web process on empty stores: the product's own in embedded mode; in server mode a ClickHouse and,
 * where one is given (`DATABASE_URL`) or installed, a PostgreSQL that it finds by URL.
 */
export function startProduct(mode: Mode): Promise<ServedProduct> {
	return mode === "embedded" ? startEmbedded() : startOnServers();
}

async function startEmbedded(): Promise<ServedProduct> {
	const home = scratchHome({});
	try {
		const app = await startApp({ home });
		return {
			url: app.url,
			webPid: webPidOf(app),
			clickhousePid: app.clickhousePid(),
			clickhouseUrl: embeddedUrl(app.clickhousePid(), home.dataDir),
			stores: "ClickHouse and PGlite, both embedded",
			async stop() {
				await app.stop();
				await home.remove();
			},
		};
	} catch (error) {
		await home.remove();
		throw error;
	}
}

async function startOnServers(): Promise<ServedProduct> {
	const undo: (() => Promise<void>)[] = [];
	const stop = async () => {
		for (const step of undo.reverse()) await step();
	};
	try {
		const folder = mkdtempSync(join(tmpdir(), "spanwise-bench-"));
		undo.push(async () => rmSync(folder, { recursive: true, force: true }));
		const clickhouse = await startClickhouse({ dataDir: folder });
		undo.push(() => clickhouse.stop());
		const database = await openDatabaseServer(undo);
		const home = scratchHome({ CLICKHOUSE_URL: clickhouse.url, ...(database && { DATABASE_URL: database.url }) });
		undo.push(() => home.remove());
		const app = await startApp({ home });
		undo.push(async () => void (await app.stop()));
		return {
			url: app.url,
			webPid: webPidOf(app),
			clickhousePid: clickhouse.pid(),
			clickhouseUrl: clickhouse.url,
			stores: `ClickHouse by CLICKHOUSE_URL, ${database?.name ?? "PGlite, as no PostgreSQL is given or installed"}`,
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

async function openDatabaseServer(undo: (() => Promise<void>)[]): Promise<{ url: string; name: string } | null> {
	const given = process.env.DATABASE_URL;
	if (given) {
		const database = await createTestDatabase(given);
		undo.push(database.drop);
		return { url: database.url, name: "PostgreSQL by DATABASE_URL" };
	}
	const started = await startPostgres();
	if (!started) return null;
	undo.push(() => started.stop());
	return { url: started.url, name: "PostgreSQL by DATABASE_URL, started here" };
}

// The supervisor has other children too, such as the compiler of its TypeScript.
function webPidOf(app: App): number {
	const web = childrenOf(app.pid).find(({ command }) => command.includes("next"));
	if (!web) throw new Error("the supervisor has no web process");
	return web.pid;
}

function scratchHome(env: Record<string, string>): AppHome {
	const dataDir = mkdtempSync(join(tmpdir(), "spanwise-bench-"));
	return { dataDir, env, remove: async () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }) };
}

function embeddedUrl(hostPid: number, dataDir: string): string {
	// The last argument of the host process is its port.
	const port = Number(readFileSync(`/proc/${hostPid}/cmdline`, "utf8").split("\0").filter(Boolean).at(-1));
	const password = readFileSync(join(dataDir, "clickhouse/password"), "utf8").trim();
	return clickhouseUrl(port, password, "spanwise");
}
