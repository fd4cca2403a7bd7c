import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { AppError } from "@/lib/errors";
import { askLoopback } from "@/lib/local/ask-loopback";
import { clickhouseFiles, clickhouseUrl, FOLDER_TAKEN, writeClickhouseConfig } from "@/lib/local/clickhouse-config";
import { findClickhouseLibrary } from "@/lib/local/find-clickhouse-library";
import { freePort } from "@/lib/local/free-port";
import { endChild, ended, keepAlive } from "@/lib/local/keep-alive";
import { nodeArguments, projectRoot } from "@/lib/local/project-root";
import { logger } from "@/lib/logger";
import { sleep } from "@/lib/time";

const START_TIMEOUT_MS = 60_000;
/** A port found free may be taken a moment later. */
const ATTEMPTS_MAX = 3;
const STOP_WAIT_MS = 8_000;
const DATABASE = "spanwise";

export interface ClickhouseServer {
	/** With user, password and database; stays the same over restarts of the process behind it. */
	url: string;
	stop(): Promise<void>;
	pid(): number;
}

interface StartOptions {
	/** The embedded server keeps everything in `<dataDir>/clickhouse`. */
	dataDir: string;
	/** Told in one line whenever the process died and is started again; goes to the log by default. */
	onRestart?: (line: string) => void;
	signal?: AbortSignal;
}

/**
 * Starts the embedded ClickHouse on a free loopback port and keeps it alive. Resolves when it takes queries; throws
 * `unavailable` with the reason when there is no engine for this platform or it does not come up.
 */
export async function startClickhouse(options: StartOptions): Promise<ClickhouseServer> {
	const dataDir = resolve(options.dataDir);
	const library = findClickhouseLibrary();
	const password = writeClickhouseConfig(dataDir);
	const { port, child } = await firstStart(library, dataDir, password, options.signal);
	const kept = keepAlive({
		name: "ClickHouse",
		child,
		spawn: () => spawnHost(library, dataDir, port),
		report: options.onRestart ?? ((line) => logger.warn(line)),
	});
	return {
		url: clickhouseUrl(port, password, DATABASE),
		pid: kept.pid,
		stop: () => kept.stop(closeStdin, STOP_WAIT_MS),
	};
}

async function firstStart(library: string, dataDir: string, password: string, signal?: AbortSignal) {
	for (let attempt = 1; ; attempt++) {
		const port = await freePort();
		const child = spawnHost(library, dataDir, port);
		const failure = await ready(child, clickhouseUrl(port, password), signal);
		if (!failure) return { port, child };
		await endChild(child, closeStdin, STOP_WAIT_MS);
		if (signal?.aborted || child.exitCode === FOLDER_TAKEN || attempt === ATTEMPTS_MAX) {
			throw new AppError("unavailable", failure);
		}
		await sleep(200, signal);
	}

	/** Undefined once the server takes queries, else why it does not. */
	async function ready(child: ChildProcess, url: string, signal?: AbortSignal): Promise<string | undefined> {
		let end: string | undefined;
		void ended(child).then((reason) => {
			end = reason;
		});
		const deadline = Date.now() + START_TIMEOUT_MS;
		while (!end && !signal?.aborted && Date.now() < deadline) {
			const body = `CREATE DATABASE IF NOT EXISTS ${DATABASE}`;
			const answer = await askLoopback(url, { method: "POST", body }).catch(() => undefined);
			if (answer?.status === 200) return undefined;
			await sleep(50, signal);
		}
		if (signal?.aborted) return "The start of ClickHouse was interrupted.";
		return `ClickHouse did not start (${end ?? `no answer within ${START_TIMEOUT_MS / 1000} s`}).${lastWords(dataDir)}`;
	}
}

function spawnHost(library: string, dataDir: string, port: number): ChildProcess {
	const output = openSync(clickhouseFiles(dataDir).output, "a", 0o600);
	try {
		const args = [...nodeArguments("lib/local/clickhouse-host.ts"), library, dataDir, String(port)];
		return spawn(process.execPath, args, { cwd: projectRoot, stdio: ["pipe", output, output] });
	} finally {
		closeSync(output);
	}
}

/** The host sees the end of its stdin, finishes inserts and ends: the same way as when the supervisor is killed. */
function closeStdin(child: ChildProcess): void {
	child.stdin?.on("error", () => undefined).end();
}

function lastWords(dataDir: string): string {
	const { log, output } = clickhouseFiles(dataDir);
	const tails = [output, log]
		.filter((path) => existsSync(path))
		.map((path) => [path, readFileSync(path, "utf8").trimEnd().split("\n").slice(-8).join("\n")] as const)
		.filter(([, tail]) => tail !== "");
	return tails.map(([path, tail]) => `\nThe end of ${path}:\n${tail}`).join("");
}
