import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { AppError } from "@/lib/errors";
import { askLoopback } from "@/lib/local/ask-loopback";
import { freePort } from "@/lib/local/free-port";
import { endChild, ended, type KeptChild, keepAlive } from "@/lib/local/keep-alive";
import { projectRoot } from "@/lib/local/project-root";
import type { Environment } from "@/lib/local/read-environment";
import { sleep } from "@/lib/time";

const START_TIMEOUT_MS = 180_000;
/** Next finishes open requests for up to ten seconds, then the product drains. */
const STOP_WAIT_MS = 12_000;
const ANY_HOST = new Set(["0.0.0.0", "::"]);
const LOCAL_NAMES = new Set([...ANY_HOST, "127.0.0.1", "::1", "localhost"]);
/** What Next prints about itself; the supervisor says it better. */
const BANNER = /^\s*(▲ Next\.js|- (Local|Network|Environments?):|✓ (Starting|Ready in|Running next\.config))|^\s*$/;

export interface WebServerOptions {
	mode: "start" | "dev";
	host: string;
	port: number;
	/** Absolute path of the data folder. */
	dataDir: string;
	clickhouseUrl: string;
	environment: Environment;
	report(line: string): void;
	signal?: AbortSignal;
}

export interface WebServer {
	/** As people type it. */
	url: string;
	stop(): Promise<void>;
	pid: KeptChild["pid"];
}

// Ingest makes much garbage that dies young: collected while small, it would be copied over and over.
const NODE_FLAGS = ["--max-semi-space-size=64"];

// A web process whose supervisor was killed notices within half a second and lets go of the port.
const PREDECESSOR_MS = 3000;

/**
 * The port the web server may use, a free one for 0. One that a predecessor is about to leave is waited for; throws
 * `conflict` with one sentence when it stays taken.
 */
export async function requirePort(host: string, port: number): Promise<number> {
	const deadline = Date.now() + PREDECESSOR_MS;
	for (;;) {
		try {
			return await freePort(host, port);
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			if (!reason.includes("EADDRINUSE") || Date.now() > deadline) throw portFailure(host, port, reason);
		}
		await sleep(100);
	}
}

function portFailure(host: string, port: number, reason: string): AppError {
	if (reason.includes("EADDRINUSE")) {
		return new AppError(
			"conflict",
			`Port ${port} is already in use: stop the program that uses it, or choose another one with PORT=${port + 1}.`,
		);
	}
	if (reason.includes("EACCES")) {
		return new AppError("forbidden", `Port ${port} may not be used by this user: choose one above 1023 with PORT.`);
	}
	return new AppError("invalid_input", `HOST ${host} cannot be listened on: ${reason}.`);
}

/**
 * Starts the web application and keeps it alive. Resolves when `/api/health` answers 200; throws when the application
 * ends before that: what is wrong then would be wrong again.
 */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
	const { host, port, report, signal } = options;
	const child = spawnNext(options);
	let end: string | undefined;
	void ended(child).then((reason) => {
		end = reason;
	});
	const deadline = Date.now() + START_TIMEOUT_MS;
	const health = `${address(ANY_HOST.has(host) ? "localhost" : host, port)}/api/health`;
	for (;;) {
		const answer = await askLoopback(health, { timeoutMs: 10_000 }).catch(() => undefined);
		if (answer?.status === 200) break;
		if (end !== undefined || signal?.aborted || Date.now() > deadline) {
			await endChild(child, terminate, STOP_WAIT_MS);
			const reason = end ?? (signal?.aborted ? "interrupted" : `no answer within ${START_TIMEOUT_MS / 1000} s`);
			throw new AppError("unavailable", `The web server did not start (${reason}); its output is above.`);
		}
		await sleep(100, signal);
	}
	const kept = keepAlive({ name: "The web server", child, spawn: () => spawnNext(options), report });
	return {
		url: address(LOCAL_NAMES.has(host) ? "localhost" : host, port),
		pid: kept.pid,
		stop: () => kept.stop(terminate, STOP_WAIT_MS),
	};
}

function terminate(child: ChildProcess): void {
	child.kill("SIGTERM");
}

function address(host: string, port: number): string {
	return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

// In the process group of the supervisor on purpose: Ctrl-C reaches Next as well, which then drains by itself.
function spawnNext({ mode, host, port, dataDir, clickhouseUrl, environment, report }: WebServerOptions): ChildProcess {
	const args = [...NODE_FLAGS, "node_modules/next/dist/bin/next", mode, "-p", String(port), "-H", host];
	const child = spawn(process.execPath, args, {
		cwd: projectRoot,
		env: {
			UV_THREADPOOL_SIZE: "16",
			...environment,
			NODE_ENV: mode === "dev" ? "development" : "production",
			PORT: String(port),
			HOST: host,
			CLICKHOUSE_URL: clickhouseUrl,
			SPANWISE_DATA_DIR: dataDir,
			SPANWISE_SUPERVISOR_PID: String(process.pid),
			NEXT_TELEMETRY_DISABLED: "1",
			...(mode === "dev" && { NEXT_EXIT_TIMEOUT_MS: "8000" }),
		},
		stdio: ["ignore", "pipe", "pipe"],
	});
	for (const stream of [child.stdout, child.stderr]) {
		createInterface({ input: stream }).on("line", (line) => {
			if (!BANNER.test(line)) report(line);
		});
	}
	return child;
}
