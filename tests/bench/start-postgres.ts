import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { freePort } from "@/lib/local/free-port";
import { eventually } from "@/tests/support/eventually";

const INSTALLED = "/usr/lib/postgresql";
const START_MS_MAX = 30_000;
/** Ends the server when its stdin ends, so that it never outlives the bench. SIGINT: not before its connections do, but now. */
const KEEPER = '"$@" & read -r _; kill -INT $!; wait';

export interface PostgresServer {
	url: string;
	stop(): Promise<void>;
}

/** A PostgreSQL of the operating system's packages on a scratch folder; null when none is installed. */
export async function startPostgres(): Promise<PostgresServer | null> {
	const programs = newestPrograms();
	if (!programs) return null;
	const folder = mkdtempSync(join(tmpdir(), "spanwise-bench-postgres-"));
	const user = userOfServer();
	if (user) chownSync(folder, user.uid, user.gid);
	const options = { cwd: folder, ...user };
	execFileSync(join(programs, "initdb"), ["-D", folder, "-U", "postgres", "-A", "trust", "-E", "UTF8"], {
		...options,
		stdio: "ignore",
	});
	const port = await freePort();
	const args = ["-D", folder, "-p", String(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="];
	const child = spawn("/bin/sh", ["-c", KEEPER, "sh", join(programs, "postgres"), ...args], {
		...options,
		stdio: ["pipe", "ignore", "ignore"],
	});
	const ended = once(child, "exit");
	const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
	const stop = async () => {
		child.stdin.end();
		await ended;
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		await eventually(() => connect(url), { timeoutMs: START_MS_MAX });
	} catch (error) {
		await stop();
		throw error;
	}
	return { url, stop };
}

function newestPrograms(): string | undefined {
	if (!existsSync(INSTALLED)) return undefined;
	const versions = readdirSync(INSTALLED).sort((a, b) => Number(b) - Number(a));
	return versions.map((version) => join(INSTALLED, version, "bin")).find((path) => existsSync(join(path, "initdb")));
}

// PostgreSQL refuses to run as root.
function userOfServer(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const [, uid, gid] = /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync("/etc/passwd", "utf8")) ?? [];
	return { uid: Number(uid ?? 65_534), gid: Number(gid ?? 65_534) };
}

async function connect(connectionString: string): Promise<void> {
	const client = new pg.Client({ connectionString });
	await client.connect();
	await client.end();
}
