import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@clickhouse/client";
import { ENV_KEYS } from "@/lib/env";
import { randomHex } from "@/lib/ids";
import { freePort } from "@/lib/local/free-port";
import { nodeArguments, projectRoot } from "@/lib/local/project-root";
import { createTestDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { childrenOf } from "@/tests/support/processes";

const START_MS_MAX = 120_000;
const STOP_MS_MAX = 30_000;

type Variables = Record<string, string>;

/** Where an application keeps its data: survives any number of starts and is removed by `remove()`. */
export interface AppHome {
	dataDir: string;
	/** The fresh databases of this home, when the run works against servers. */
	env: Variables;
	remove(): Promise<void>;
}

export interface App {
	url: string;
	/** Of the supervisor. */
	pid: number;
	dataDir: string;
	/** Everything the supervisor printed, the web server's lines among them. */
	log(): string;
	webPid(): number;
	/** Throws when ClickHouse is a server of its own. */
	clickhousePid(): number;
	/** Asks the supervisor to end and returns its exit code; removes the data unless `startApp` got a home. */
	stop(signal?: "SIGTERM" | "SIGINT"): Promise<number | null>;
	/** SIGKILL of the supervisor alone. */
	kill(): Promise<void>;
}

interface StartOptions {
	env?: Variables;
	home?: AppHome;
	port?: number;
}

/** The real supervisor with the production build on a free loopback port; resolves when the application answers. */
export async function startApp({ env = {}, home: given, port }: StartOptions = {}): Promise<App> {
	const home = given ?? (await createHome());
	const listen = port ?? (await freePort());
	const child = spawnSupervisor({ ...home.env, PORT: String(listen), SPANWISE_DATA_DIR: home.dataDir, ...env });
	const output = collect(child);
	const url = `http://127.0.0.1:${listen}`;
	const app = { url, pid: child.pid ?? 0, dataDir: home.dataDir, log: output };
	try {
		await waitForHealth(url, child, output);
	} catch (error) {
		await end(child, "SIGKILL");
		if (!given) await home.remove();
		throw error;
	}
	return {
		...app,
		webPid: () => pidOf(app.pid, (command) => !command.includes("clickhouse-host")),
		clickhousePid: () => pidOf(app.pid, (command) => command.includes("clickhouse-host")),
		async stop(signal = "SIGTERM") {
			const code = await end(child, signal);
			if (!given) await home.remove();
			return code;
		},
		async kill() {
			await end(child, "SIGKILL");
		},
	};
}

/** Runs the supervisor to its end: for starts that must be refused. */
export async function runApp(env: Variables): Promise<{ code: number | null; output: string }> {
	const home = await createHome();
	const child = spawnSupervisor({ ...home.env, PORT: "0", SPANWISE_DATA_DIR: home.dataDir, ...env });
	const output = collect(child);
	const code = await Promise.race([ended(child), end(child, null, START_MS_MAX)]);
	await home.remove();
	return { code, output: output() };
}

/** An empty data folder, and fresh databases on the servers that DATABASE_URL and CLICKHOUSE_URL name, of the run unless given. */
export async function createHome(servers: NodeJS.Dict<string> = process.env): Promise<AppHome> {
	const dataDir = mkdtempSync(join(tmpdir(), "spanwise-e2e-"));
	const env: Variables = {};
	const drops = [async () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })];
	const { DATABASE_URL, CLICKHOUSE_URL } = servers;
	if (DATABASE_URL) {
		const database = await createTestDatabase(DATABASE_URL);
		env.DATABASE_URL = database.url;
		drops.push(database.drop);
	}
	if (CLICKHOUSE_URL) {
		const database = await createClickhouseDatabase(CLICKHOUSE_URL);
		env.CLICKHOUSE_URL = database.url;
		drops.push(database.drop);
	}
	return {
		dataDir,
		env,
		async remove() {
			for (const drop of drops.reverse()) await drop();
		},
	};
}

async function createClickhouseDatabase(server: string): Promise<{ url: string; drop(): Promise<void> }> {
	const name = `spanwise_test_${randomHex(8)}`;
	const run = async (query: string) => {
		const client = createClient({ url: server });
		await client.command({ query });
		await client.close();
	};
	await run(`CREATE DATABASE ${name}`);
	const url = new URL(server);
	url.pathname = `/${name}`;
	return { url: url.href, drop: () => run(`DROP DATABASE IF EXISTS ${name}`) };
}

/** The environment of this run without anything that configures the product or says that tests are running. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(
		(entry): entry is [string, string] =>
			entry[1] !== undefined && !/^(SPANWISE_|DOKIMOS_|INNGEST_|OTEL_|VITEST|NODE_ENV$|NODE_OPTIONS$)/.test(entry[0]),
	);
	// Empty counts as unset and still hides what a developer's .env says.
	const unset = Object.fromEntries(ENV_KEYS.map((key) => [key, ""]));
	return { ...Object.fromEntries(inherited), ...unset, NODE_ENV: "production" };
}

function spawnSupervisor(env: Variables): ChildProcess {
	return spawn(process.execPath, nodeArguments("lib/local/start.ts"), {
		cwd: projectRoot,
		// As below npm: the supervisor ends by itself when the test process that started it is gone.
		env: { ...cleanEnvironment(), npm_lifecycle_event: "start", ...env },
		stdio: ["ignore", "pipe", "pipe"],
	});
}

function collect(child: ChildProcess): () => string {
	let text = "";
	for (const stream of [child.stdout, child.stderr]) {
		stream?.setEncoding("utf8").on("data", (chunk: string) => {
			text += chunk;
		});
	}
	return () => text;
}

async function waitForHealth(url: string, child: ChildProcess, output: () => string): Promise<void> {
	const deadline = Date.now() + START_MS_MAX;
	// The supervisor says so once both children answer; health alone would be true a moment earlier.
	while (!output().includes("Spanwise is ready")) {
		if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the start failed:\n${output()}`);
		if (Date.now() > deadline) throw new Error(`not ready after ${START_MS_MAX / 1000} s:\n${output()}`);
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	const response = await fetch(`${url}/api/health`);
	if (!response.ok) throw new Error(`/api/health answers ${response.status}:\n${output()}`);
}

/** Waits until the restarted application answers again. */
export async function answersAgain(app: App, timeoutMs = 30_000): Promise<void> {
	await eventually(
		async () => {
			const response = await fetch(`${app.url}/api/health?deep=1`);
			if (!response.ok) throw new Error(`/api/health?deep=1 answers ${response.status}`);
		},
		{ timeoutMs },
	);
}

function ended(child: ChildProcess): Promise<number | null> {
	if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
	return new Promise((resolve) => child.once("exit", (code) => resolve(code)));
}

/** Sends the signal now (or SIGKILL after `waitMs`) and returns the exit code, null when a signal ended it. */
async function end(child: ChildProcess, signal: NodeJS.Signals | null, waitMs = STOP_MS_MAX): Promise<number | null> {
	const done = ended(child);
	if (signal && child.exitCode === null) child.kill(signal);
	const force = setTimeout(() => child.kill("SIGKILL"), waitMs);
	const code = await done;
	clearTimeout(force);
	return code;
}

function pidOf(supervisor: number, matches: (command: string) => boolean): number {
	const found = childrenOf(supervisor).find((child) => matches(child.command));
	if (!found) throw new Error(`process ${supervisor} has no such child`);
	return found.pid;
}
