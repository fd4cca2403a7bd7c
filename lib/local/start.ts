import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { lockFolder } from "@/lib/db/lock-folder";
import { parseEnv } from "@/lib/env";
import { AppError, isAppError } from "@/lib/errors";
import { type BuildOptions, ensureBuild, ensurePrismaClient } from "@/lib/local/build";
import { parseFlags } from "@/lib/local/parse-flags";
import { createProgress } from "@/lib/local/progress";
import { projectRoot } from "@/lib/local/project-root";
import { type Environment, readEnvironment } from "@/lib/local/read-environment";
import { startClickhouse } from "@/lib/local/start-clickhouse";
import { onParentGone, onStopSignals } from "@/lib/local/stop-signals";
import { requirePort, startWebServer } from "@/lib/local/web-server";

// The supervisor behind `npm start`, `npm run dev` and `npm run demo`: lock the data folder, build when needed, start
// ClickHouse, start the web server, restart what dies, stop everything in reverse order. It holds no state of its own.

const PREDECESSOR_WAIT_MS = 15_000;
/** The demo works on scratch stores whatever the environment names. */
const DEMO_ENVIRONMENT: Environment = {
	SPANWISE_DATA_DIR: ".spanwise-demo",
	CLICKHOUSE_URL: "",
	DATABASE_URL: "",
	INNGEST_EVENT_KEY: "",
	INNGEST_SIGNING_KEY: "",
	INNGEST_SIGNING_KEY_FALLBACK: "",
	INNGEST_BASE_URL: "",
	INNGEST_SERVE_ORIGIN: "",
	// The scripted judge, which a HOST that others can reach would not call otherwise.
	SPANWISE_OUTBOUND_ALLOW: "127.0.0.1",
};

const progress = createProgress(process.stdout);
const interrupted = new AbortController();
const cleanups: (() => Promise<void>)[] = [];
let webPid: () => number = () => 0;

async function start(): Promise<void> {
	const flags = parseFlags(process.argv.slice(2));
	const environment: Environment = {
		...readEnvironment(projectRoot, process.env),
		...(flags.mode === "demo" && DEMO_ENVIRONMENT),
		...(flags.port !== undefined && { PORT: String(flags.port) }),
	};
	const { PORT, HOST, SPANWISE_DATA_DIR, CLICKHOUSE_URL, SPANWISE_API_KEY } = parseEnv(environment);
	const { signal } = interrupted;
	const dataDir = resolve(SPANWISE_DATA_DIR);
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const build: BuildOptions = { progress, environment, logFolder: dataDir, verbose: flags.verbose, signal };
	if (flags.mode === "build") return ensureBuild({ ...build, verbose: true });

	const lock = await lockFolder(dataDir, { waitMs: PREDECESSOR_WAIT_MS });
	cleanups.push(() => lock.release());
	const port = await requirePort(HOST, PORT);
	if (flags.mode === "demo") emptyFolder(dataDir);
	await (flags.mode === "dev" ? ensurePrismaClient(build) : ensureBuild(build));

	const report = (line: string) => progress.line(line);
	let clickhouseUrl = CLICKHOUSE_URL;
	if (!clickhouseUrl) {
		const clickhouse = await progress.step("starting ClickHouse", "ClickHouse ready", () =>
			startClickhouse({ dataDir, signal, onRestart: report }),
		);
		cleanups.push(() => clickhouse.stop());
		clickhouseUrl = clickhouse.url;
	}
	const mode = flags.mode === "dev" ? "dev" : "start";
	const options = { mode, host: HOST, port, dataDir, clickhouseUrl, environment, report, signal } as const;
	const web = await progress.step("starting the web server", "web server ready", () => startWebServer(options));
	cleanups.push(() => web.stop());
	webPid = web.pid;

	if (flags.mode === "demo") {
		const { runDemo } = await import("@/lib/local/demo/run-demo");
		const demo = await runDemo({ url: web.url, apiKey: SPANWISE_API_KEY, report });
		// Together: Ctrl-C ends the web server at once, and its keeper must know that this is wanted.
		cleanups.push(async () => void (await Promise.all([web.stop(), demo.stop()])));
	}
	progress.line(`\nSpanwise is ready: ${web.url}\n`);
}

/** Leaves the sockets of our own lock. */
function emptyFolder(folder: string): void {
	for (const name of readdirSync(folder)) {
		if (!name.startsWith("lock.")) rmSync(join(folder, name), { recursive: true, force: true });
	}
}

async function stopAll(): Promise<void> {
	for (let cleanup = cleanups.pop(); cleanup; cleanup = cleanups.pop()) {
		await cleanup().catch((error) => console.error(explain(error)));
	}
}

function explain(error: unknown): string {
	if (isAppError(error)) return error.publicMessage;
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

let starting = true;

function stop(): void {
	if (interrupted.signal.aborted) return;
	interrupted.abort(new AppError("unavailable", "The start was interrupted."));
	// A start that is still under way sees the signal, throws, and is cleaned up below.
	if (!starting) void stopAll().then(() => process.exit(0));
}

onStopSignals(process, {
	stop,
	force() {
		// ClickHouse sees the end of its stdin and stops by itself.
		if (webPid()) process.kill(webPid(), "SIGKILL");
		process.exit(1);
	},
});

// Started by hand, the process may outlive its shell (nohup); below npm, the loss of the shell is the end of the command.
if (process.env.npm_lifecycle_event) onParentGone(stop);

try {
	await start();
	starting = false;
	if (interrupted.signal.aborted || cleanups.length === 0) {
		await stopAll();
		process.exit(0);
	}
} catch (error) {
	if (!interrupted.signal.aborted) console.error(explain(error));
	await stopAll();
	process.exit(interrupted.signal.aborted ? 0 : 1);
}
