import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { freePort } from "@/lib/local/free-port";
import { eventually } from "@/tests/support/eventually";

const INSTALLED = "/usr/lib/postgresql";

export interface PostgresServer {
	/** Of its database `postgres`, for a user who may create others. */
	url: string;
	stop(): Promise<void>;
}

/** A Postgres of its own in a temporary folder, from the packages of Debian and Ubuntu; null when none is installed. */
export async function startPostgres(): Promise<PostgresServer | null> {
	const versions = existsSync(INSTALLED) ? readdirSync(INSTALLED).sort((a, b) => Number(b) - Number(a)) : [];
	const bin = versions
		.map((version) => join(INSTALLED, version, "bin"))
		.find((path) => existsSync(join(path, "initdb")));
	const owner = ownerOfPostgres();
	if (!bin || !owner) return null;
	const folder = mkdtempSync(join(tmpdir(), "spanwise-postgres-"));
	chownSync(folder, owner.uid, owner.gid);
	const data = join(folder, "data");
	const options = { ...owner, cwd: folder };
	const made = spawnSync(join(bin, "initdb"), ["-D", data, "-A", "trust", "-U", "spanwise", "-E", "UTF8"], options);
	if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
	const port = await freePort();
	const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off"].flatMap((line) => [
		"-c",
		line,
	]);
	const server = spawn(join(bin, "postgres"), ["-D", data, "-p", String(port), ...settings], {
		...options,
		stdio: "ignore",
	});
	const url = `postgres://spanwise@127.0.0.1:${port}/postgres`;
	const stop = async () => {
		await end(server);
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		await eventually(() => connect(url), { timeoutMs: 30_000 });
	} catch (error) {
		await stop();
		throw error;
	}
	return { url, stop };
}

async function connect(connectionString: string): Promise<void> {
	const client = new pg.Client({ connectionString });
	await client.connect();
	await client.end();
}

// SIGINT is Postgres' fast shutdown: it does not wait for connections.
async function end(server: ChildProcess): Promise<void> {
	if (server.exitCode !== null || server.signalCode !== null) return;
	const ended = once(server, "exit");
	server.kill("SIGINT");
	await ended;
}

/** Who the server runs as: it refuses to be root. Null when there is nobody else. */
function ownerOfPostgres(): { uid: number; gid: number } | null {
	const uid = process.getuid?.() ?? -1;
	if (uid > 0) return { uid, gid: process.getgid?.() ?? uid };
	const user = readFileSync("/etc/passwd", "utf8")
		.split("\n")
		.find((line) => line.startsWith("postgres:"));
	const [, , id, group] = user?.split(":") ?? [];
	return id && group ? { uid: Number(id), gid: Number(group) } : null;
}
