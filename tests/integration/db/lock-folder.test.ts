import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockFolder } from "@/lib/db/lock-folder";
import { type Child, startChild } from "@/tests/support/child";

const HOLDER = join(import.meta.dirname, "folder-holder.ts");

let folder: string;
let children: Child[];

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "spanwise-lock-"));
	children = [];
});

afterEach(async () => {
	await Promise.all(children.map((child) => child.kill()));
	rmSync(folder, { recursive: true, force: true });
});

function start(waitMs = 0, path = folder): Child {
	const child = startChild(HOLDER, path, String(waitMs));
	children.push(child);
	return child;
}

/** A rival that stays in one moment of its start, so that the moment can be looked at. */
async function fakeStarter(token: string, reply?: string): Promise<{ leave: () => Promise<void> }> {
	const path = join(folder, `lock.${token}.sock`);
	const sockets: Socket[] = [];
	const server = createServer((socket) => {
		sockets.push(socket.on("error", () => undefined));
		if (reply) socket.end(reply);
	});
	await new Promise<void>((resolve) => server.listen(path, resolve));
	return {
		leave: () => {
			for (const socket of sockets) socket.destroy();
			return new Promise((resolve) => server.close(() => resolve()));
		},
	};
}

describe("lockFolder()", () => {
	it("refuses a second process and names the first", async () => {
		const holder = start();
		expect(await holder.said(1)).toEqual(["held"]);
		await expect(lockFolder(folder)).rejects.toMatchObject({
			code: "conflict",
			publicMessage: expect.stringContaining(`in use by another process (pid ${holder.pid})`),
		});
	});

	it("refuses the holder's own second call, and allows it after release", async () => {
		const lock = await lockFolder(folder);
		await expect(lockFolder(folder)).rejects.toMatchObject({ code: "conflict" });
		await lock.release();
		await (await lockFolder(folder)).release();
		expect(readdirSync(folder)).toEqual([]);
	});

	it("takes over from a process that was killed with SIGKILL", async () => {
		const holder = start();
		await holder.said(1);
		await holder.kill();
		expect(readdirSync(folder)).toHaveLength(1);
		await (await lockFolder(folder)).release();
		expect(readdirSync(folder)).toEqual([]);
	});

	it("waits for a predecessor that is shutting down", async () => {
		const lock = await lockFolder(folder);
		const heir = start(20_000);
		setTimeout(() => void lock.release(), 2000);
		expect(await heir.said(1)).toEqual(["held"]);
	});

	it("gives up waiting when the holder stays", async () => {
		const lock = await lockFolder(folder);
		const startedAt = Date.now();
		await expect(lockFolder(folder, { waitMs: 400 })).rejects.toMatchObject({ code: "conflict" });
		expect(Date.now() - startedAt).toBeGreaterThanOrEqual(400);
		await lock.release();
	});

	it("lets exactly one of ten starters win, over the remains of a killed one", async () => {
		const holder = start();
		await holder.said(1);
		await holder.kill();
		const starters = Array.from({ length: 10 }, () => start());
		const outcomes = (await Promise.all(starters.map((child) => child.said(1)))).flat();
		expect(outcomes.filter((outcome) => outcome === "held")).toHaveLength(1);
		expect(outcomes.filter((outcome) => outcome.startsWith("conflict: "))).toHaveLength(9);
	});

	it("lets exactly one of many simultaneous calls win, round after round", async () => {
		for (let round = 0; round < 50; round++) {
			const results = await Promise.allSettled(Array.from({ length: 10 }, () => lockFolder(folder)));
			const winners = results.filter((result) => result.status === "fulfilled");
			expect(winners).toHaveLength(1);
			for (const winner of winners) await winner.value.release();
		}
	});

	it("gives way to a starter with a smaller token that has not won yet", async () => {
		const rival = await fakeStarter("0".repeat(16), "4711 candidate");
		await expect(lockFolder(folder)).rejects.toMatchObject({
			code: "conflict",
			publicMessage: expect.stringContaining("pid 4711"),
		});
		await rival.leave();
	});

	it("waits for starters with a larger token to give way before it has won", async () => {
		const rival = await fakeStarter("f".repeat(16), "4711 candidate");
		let won = false;
		const winning = lockFolder(folder).then((lock) => {
			won = true;
			return lock;
		});
		await sleep(200);
		expect(won).toBe(false);
		await rival.leave();
		await (await winning).release();
	});

	it("does not take a process that ends in the middle of its answer for the holder", async () => {
		const ending = createServer((socket) => {
			socket.destroy();
			ending.close();
		});
		await new Promise<void>((resolve) => ending.listen(join(folder, `lock.${"f".repeat(16)}.sock`), resolve));
		await (await lockFolder(folder)).release();
	});

	it("takes a process too busy to answer for the holder", async () => {
		const rival = await fakeStarter("f".repeat(16));
		await expect(lockFolder(folder)).rejects.toMatchObject({ code: "conflict" });
		await rival.leave();
	});

	it("works in a folder whose path is too long for a socket address", async () => {
		const deep = join(folder, "d".repeat(60), "e".repeat(60));
		const holder = start(0, deep);
		expect(await holder.said(1)).toEqual(["held"]);
		await expect(lockFolder(deep)).rejects.toMatchObject({ code: "conflict" });
		expect(readdirSync(deep)).toEqual([]);
		await holder.kill();
		await (await lockFolder(deep)).release();
	});

	it("does not keep a process alive", () => {
		const script = `import { lockFolder } from "@/lib/db/lock-folder"; await lockFolder(process.argv[1]); console.log("held")`;
		const run = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script, folder], {
			timeout: 20_000,
			encoding: "utf8",
		});
		expect(run).toMatchObject({ status: 0, stdout: "held\n" });
	});
});
