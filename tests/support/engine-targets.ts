import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { expect } from "vitest";
import type { EngineHealth } from "@/inngest/read-engine-health";
import { randomHex } from "@/lib/ids";
import { freePort } from "@/lib/local/free-port";
import { type App, answersAgain, createHome, startApp } from "@/tests/support/app-server";
import { startChild } from "@/tests/support/child";
import { eventually } from "@/tests/support/eventually";
import { startPostgres } from "@/tests/support/postgres-server";
import { mustCall } from "@/tests/support/rest-client";

// What runs the functions, in every way the product knows: one suite asks the same of each.

export interface EngineTarget {
	/** Where the application answers. */
	url: string;
	/** What `/api/health?deep=1` says the engine is. */
	mode: "embedded" | "server";
	/** Never to be seen in a log or in an event. */
	secrets: string[];
	/** SIGKILL of the web processes, all at once; resolves when their successors answer. */
	killApp(): Promise<void>;
	/**
	 * Ends the server that runs the functions and starts it anew; absent where that is the application. Killed, except the one
	 * that keeps its queue in memory until it is told to end.
	 */
	restartServer?(): Promise<void>;
	/** What the application printed. */
	log(): string;
	/** Everything the engine keeps of events and runs, as text. The application ends. */
	stopAndDump(): Promise<string>;
	close(): Promise<void>;
}

/** Opens a target; null when this machine lacks what it needs. */
export type OpenTarget = (clickhouseUrl: string) => Promise<EngineTarget | null>;

export const TARGETS: { name: string; needs: string; open: OpenTarget }[] = [
	{ name: "the embedded engine on PGlite", needs: "", open: openOnPglite },
	{
		name: "the embedded engine on Postgres, two processes",
		needs: "DATABASE_URL, or Postgres below /usr/lib/postgresql",
		open: openOnPostgres,
	},
	{ name: "a stand-in for an Inngest server, over signed HTTP", needs: "", open: openWithStandIn },
	{
		name: process.env.INNGEST_BIN
			? "an Inngest server"
			: "an Inngest server, not run without INNGEST_BIN=/path/to/inngest",
		needs: "INNGEST_BIN=/path/to/inngest, the binary of a release archive or of the npm package inngest-cli",
		open: openWithServer,
	},
];

const DUMP = ["events", "runs", "steps", "jobs"].map((table) => `SELECT * FROM engine_${table}`);

async function openOnPglite(clickhouseUrl: string): Promise<EngineTarget> {
	const home = await createHome({ CLICKHOUSE_URL: clickhouseUrl });
	const app = await startApp({ home });
	return {
		...servedBy([app]),
		mode: "embedded",
		secrets: [],
		async stopAndDump() {
			await app.stop();
			const postgres = await PGlite.create({ dataDir: join(home.dataDir, "postgres", "data") });
			const tables = [];
			for (const statement of DUMP) tables.push((await postgres.query(statement)).rows);
			await postgres.close();
			return JSON.stringify(tables);
		},
		async close() {
			await app.stop();
			await home.remove();
		},
	};
}

async function openOnPostgres(clickhouseUrl: string): Promise<EngineTarget | null> {
	const own = process.env.DATABASE_URL ? undefined : await startPostgres();
	const server = process.env.DATABASE_URL ?? own?.url;
	if (!server) return null;
	const home = await createHome({ CLICKHOUSE_URL: clickhouseUrl, DATABASE_URL: server });
	const other = await createHome({});
	const secret = randomHex(32);
	// Each has a data folder of its own; stores and the key of sealed secrets are common.
	const env = { ...home.env, SPANWISE_ENCRYPTION_KEY: secret };
	const apps = await Promise.all([startApp({ home, env }), startApp({ home: other, env })]);
	const stop = async () => void (await Promise.all(apps.map((app) => app.stop())));
	return {
		...servedBy(apps),
		mode: "embedded",
		secrets: [secret],
		async stopAndDump() {
			await stop();
			const client = new pg.Client({ connectionString: home.env.DATABASE_URL });
			await client.connect();
			const tables = [];
			for (const statement of DUMP) tables.push((await client.query(statement)).rows);
			await client.end();
			return JSON.stringify(tables);
		},
		async close() {
			await stop();
			await other.remove();
			await home.remove();
			await own?.stop();
		},
	};
}

/** In the middle of a change of keys: the application has the new one, the server still signs with the former. */
async function openWithStandIn(clickhouseUrl: string): Promise<EngineTarget> {
	const keys = { event: randomHex(16), signing: randomHex(32), former: randomHex(32) };
	const dataDir = mkdtempSync(join(tmpdir(), "spanwise-stand-in-"));
	const port = await freePort();
	const file = join(import.meta.dirname, "stand-in-server.ts");
	const start = async () => {
		const child = startChild(file, String(port), dataDir, keys.event, keys.former);
		await eventually(() => expectLine(child.lines, "listening"), { timeoutMs: 30_000 });
		return child;
	};
	const env = { INNGEST_SIGNING_KEY: keys.signing, INNGEST_SIGNING_KEY_FALLBACK: keys.former };
	const home = await createHome({ CLICKHOUSE_URL: clickhouseUrl });
	// The application first: it has to come back until there is somebody to register with.
	const app = await startApp({ home, env: { ...env, ...serverAt(port, keys.event) } });
	await eventually(() => expectLine(app.log().split("\n"), "not registered yet"));
	await expectTrouble(app);
	let child = await start();
	await registered(app);
	return {
		...servedBy([app]),
		mode: "server",
		secrets: Object.values(keys),
		async restartServer() {
			await child.kill("SIGKILL");
			child = await start();
		},
		async stopAndDump() {
			await app.stop();
			return (await fetch(`http://127.0.0.1:${port}/dump`)).text();
		},
		async close() {
			await app.stop();
			await child.kill("SIGKILL");
			await home.remove();
			rmSync(dataDir, { recursive: true, force: true });
		},
	};
}

async function openWithServer(clickhouseUrl: string): Promise<EngineTarget | null> {
	const binary = process.env.INNGEST_BIN;
	if (!binary) return null;
	const keys = { event: randomHex(16), signing: randomHex(32) };
	const dataDir = mkdtempSync(join(tmpdir(), "spanwise-inngest-"));
	const [port, appPort] = [await freePort(), await freePort()];
	const start = async () => {
		const server = spawn(binary, serverArguments({ port, appPort, dataDir, keys }), {
			env: { ...process.env, DO_NOT_TRACK: "1" },
			stdio: ["ignore", "ignore", "inherit"],
		});
		await eventually(() => expectHealth(`http://127.0.0.1:${port}/health`), { timeoutMs: 60_000 });
		return server;
	};
	let server = await start();
	const home = await createHome({ CLICKHOUSE_URL: clickhouseUrl });
	const env = { INNGEST_SIGNING_KEY: keys.signing, ...serverAt(port, keys.event) };
	const app = await startApp({ home, env, port: appPort });
	await registered(app);
	return {
		...servedBy([app]),
		mode: "server",
		secrets: Object.values(keys),
		async restartServer() {
			await end(server, "SIGTERM");
			server = await start();
		},
		async stopAndDump() {
			await app.stop();
			await end(server, "SIGTERM");
			const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
			return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1")).join("\n");
		},
		async close() {
			await app.stop();
			await end(server, "SIGTERM");
			await home.remove();
			rmSync(dataDir, { recursive: true, force: true });
		},
	};
}

interface ServerOptions {
	port: number;
	appPort: number;
	dataDir: string;
	keys: { event: string; signing: string };
}

function serverArguments({ port, appPort, dataDir, keys }: ServerOptions): string[] {
	return [
		...["start", "--host", "127.0.0.1", "--port", String(port), "--no-ui", "--sqlite-dir", dataDir],
		...["--signing-key", keys.signing, "--event-key", keys.event, "--retry-interval", "1", "--tick", "50"],
		...["-u", `http://127.0.0.1:${appPort}/api/inngest`],
	];
}

function serverAt(port: number, eventKey: string): Record<string, string> {
	return { INNGEST_BASE_URL: `http://127.0.0.1:${port}`, INNGEST_EVENT_KEY: eventKey };
}

function servedBy(apps: App[]): Pick<EngineTarget, "url" | "killApp" | "log"> {
	return {
		url: apps[0]?.url ?? "",
		log: () => apps.map((app) => app.log()).join("\n"),
		async killApp() {
			const pids = apps.map((app) => app.webPid());
			for (const pid of pids) process.kill(pid, "SIGKILL");
			await eventually(() => expectOthers(apps, pids), { timeoutMs: 30_000 });
			await Promise.all(apps.map((app) => answersAgain(app, 60_000)));
		},
	};
}

function registered(app: App): Promise<void> {
	return eventually(() => expectLine(app.log().split("\n"), "inngest: registered"), { timeoutMs: 60_000 });
}

function expectLine(lines: string[], text: string): void {
	if (!lines.some((line) => line.includes(text)))
		throw new Error(`nobody said ${JSON.stringify(text)}:\n${lines.join("\n")}`);
}

function expectOthers(apps: App[], pids: number[]): void {
	for (const app of apps) if (pids.includes(app.webPid())) throw new Error(`process ${app.webPid()} lives`);
}

/** Without its server the application says so, and goes on taking spans. */
async function expectTrouble(app: App): Promise<void> {
	const health = await mustCall<{ engine: EngineHealth }>(app.url, "/api/health?deep=1");
	expect(health).toMatchObject({ status: "degraded", engine: { status: "degraded", registration: "failing" } });
}

async function expectHealth(url: string): Promise<void> {
	const { status } = await fetch(url);
	if (status !== 200) throw new Error(`${url} answers ${status}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, "exit");
	child.kill(signal);
	await ended;
}
