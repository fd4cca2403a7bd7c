import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, realpathSync, renameSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError, isAppError } from "@/lib/errors";
import { randomHex } from "@/lib/ids";

export interface FolderLock {
	release(): Promise<void>;
}

interface LockOptions {
	/** How long to keep trying while another process holds the folder, e.g. one that is just shutting down. */
	waitMs?: number;
}

// macOS allows 103 bytes in the address of a socket, Linux 107.
const ADDRESS_BYTES_MAX = 100;
const REPLY_TIMEOUT_MS = 1000;
const RETRY_MS = 100;
// A process that is ending breaks off in the middle of its answer; a moment later its address is dead.
const BROKEN_ANSWERS_MAX = 40;
const ASK_AGAIN_MS = 5;

/**
 * Takes a folder for this process alone (creating it), until `release()` or the end of the process, `kill -9` included:
 * the lock is a listening socket, which the kernel closes. Throws `conflict` when another process has the folder.
 */
export async function lockFolder(folder: string, { waitMs = 0 }: LockOptions = {}): Promise<FolderLock> {
	mkdirSync(/* turbopackIgnore: true */ folder, { recursive: true });
	const path = realpathSync(/* turbopackIgnore: true */ folder);
	const deadline = Date.now() + waitMs;
	for (;;) {
		try {
			return await (process.platform === "win32" ? lockByPipe(path) : lockBySocket(path));
		} catch (error) {
			if (!isAppError(error) || Date.now() >= deadline) throw error;
			await sleep(RETRY_MS);
		}
	}
}

function inUse(folder: string, pid: number | undefined): AppError {
	return new AppError("conflict", `${folder} is in use by another process${pid ? ` (pid ${pid})` : ""}`);
}

// Replacing one well-known stale socket cannot be made atomic, so each starter publishes a socket of its own and then
// looks at all others: of two rivals at least the later one sees the other. A published name is listening or dead,
// never new, hence a dead one can be removed without asking anybody.
async function lockBySocket(folder: string): Promise<FolderLock> {
	const token = randomHex(8);
	const name = socketName(token);
	const sockets = socketFolder(folder, name);
	const unpublished = join(sockets, `lock.${token}.new`);
	const published = join(sockets, name);
	const claim = { held: false };
	const server = await listen(unpublished, claim);
	// A bound socket refuses connections until it listens and would look dead: show it only now.
	renameSync(unpublished, published);

	const release = async () => {
		rmSync(published, { force: true });
		await new Promise<void>((resolve) => server.close(() => resolve()));
	};
	try {
		while (await hasLaterRivals(folder, sockets, name)) await sleep(5);
		claim.held = true;
		return { release };
	} catch (error) {
		await release();
		throw error;
	}
}

/** Whether rivals with a larger token are still there; they give way. Throws when this starter has to. */
async function hasLaterRivals(folder: string, sockets: string, own: string): Promise<boolean> {
	const others = readdirSync(sockets).filter((name) => name !== own && /^lock\.[0-9a-f]{16}\.sock$/.test(name));
	const states = await Promise.all(others.map((name) => ask(join(sockets, name))));
	let waiting = false;
	for (const [index, name] of others.entries()) {
		const state = states[index];
		if (!state) rmSync(join(sockets, name), { force: true });
		else if (state.held || name < own) throw inUse(folder, state.pid);
		else waiting = true;
	}
	return waiting;
}

function socketName(token: string): string {
	return `lock.${token}.sock`;
}

function socketFolder(folder: string, name: string): string {
	if (Buffer.byteLength(join(folder, name)) <= ADDRESS_BYTES_MAX) return folder;
	// Not os.tmpdir(): processes with different TMPDIR must meet.
	const short = join("/tmp", `spanwise-${shortHash(folder)}`);
	mkdirSync(short, { recursive: true, mode: 0o700 });
	return short;
}

function shortHash(text: string): string {
	return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

// Windows lets one process at most create a pipe and forgets it with the process.
async function lockByPipe(folder: string): Promise<FolderLock> {
	const pipe = `\\\\.\\pipe\\spanwise-${shortHash(folder.toLowerCase())}`;
	const server = await listen(pipe, { held: true }).catch(async (error: NodeJS.ErrnoException) => {
		if (error.code === "EADDRINUSE" || error.code === "EACCES") throw inUse(folder, (await ask(pipe))?.pid);
		throw error;
	});
	return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

function listen(address: string, claim: { held: boolean }): Promise<Server> {
	return new Promise((resolve, reject) => {
		const server = createServer((socket) => {
			socket.on("error", () => socket.destroy());
			socket.end(`${process.pid} ${claim.held ? "holder" : "candidate"}`, () => socket.destroy());
		});
		server.unref();
		server.once("error", reject);
		server.listen(address, () => resolve(server));
	});
}

interface Holder {
	pid: number | undefined;
	held: boolean;
}

/** Who answers at an address. Null: nobody, its process is gone. A process too busy to answer counts as a holder. */
async function ask(address: string): Promise<Holder | null> {
	for (let broken = 0; broken < BROKEN_ANSWERS_MAX; broken++) {
		const answer = await askOnce(address);
		if (answer !== "broken off") return answer;
		await sleep(ASK_AGAIN_MS);
	}
	return { pid: undefined, held: true };
}

function askOnce(address: string): Promise<Holder | null | "broken off"> {
	return new Promise((resolve) => {
		let reply = "";
		const socket = connect(address);
		const settle = (silent: Holder | "broken off") => {
			const [pid, state] = reply.split(" ");
			resolve(reply === "" ? silent : { pid: pid ? Number(pid) : undefined, held: state !== "candidate" });
			socket.destroy();
		};
		socket.setTimeout(REPLY_TIMEOUT_MS, () => settle({ pid: undefined, held: true }));
		socket.setEncoding("utf8");
		socket.on("data", (chunk: string) => {
			reply += chunk;
		});
		socket.on("end", () => settle("broken off"));
		socket.on("error", (error: NodeJS.ErrnoException) => {
			if (error.code === "ECONNREFUSED" || error.code === "ENOENT") resolve(null);
			else settle("broken off");
		});
	});
}
