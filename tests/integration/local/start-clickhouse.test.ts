import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@clickhouse/client";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { askLoopback } from "@/lib/local/ask-loopback";
import { clickhouseFiles } from "@/lib/local/clickhouse-config";
import { type ClickhouseServer, startClickhouse } from "@/lib/local/start-clickhouse";
import { sleep } from "@/lib/time";

const dataDir = mkdtempSync(join(tmpdir(), "spanwise-local-"));
const restarts: string[] = [];
let server: ClickhouseServer;

beforeAll(async () => {
	vi.stubEnv("TZ", "Asia/Tokyo");
	server = await startClickhouse({ dataDir, onRestart: (line) => restarts.push(line) });
	await ask("CREATE TABLE kept (id UInt64) ENGINE = MergeTree ORDER BY id");
});

afterAll(async () => {
	await server?.stop();
	rmSync(dataDir, { recursive: true, force: true });
});

async function ask(sql: string, url = server.url): Promise<string> {
	const database = new URL(url).pathname.slice(1);
	const answer = await askLoopback(`${url.replace(/\/[^/]*$/, "/")}?database=${database}`, {
		method: "POST",
		body: sql,
	});
	if (answer.status !== 200) throw new Error(answer.body);
	return answer.body.trim();
}

async function eventually(sql: string): Promise<string> {
	const deadline = Date.now() + 15_000;
	for (;;) {
		try {
			return await ask(sql);
		} catch (error) {
			if (Date.now() > deadline) throw error;
			await sleep(50);
		}
	}
}

function anonymous(): string {
	const url = new URL(server.url);
	return `http://${url.host}/`;
}

describe("startClickhouse()", () => {
	it("answers its own user in the database spanwise and in UTC", async () => {
		expect(await ask("SELECT currentUser(), currentDatabase(), timezone()")).toBe("spanwise\tspanwise\tUTC");
	});

	it("works with the official client", async () => {
		const client = createClient({ url: server.url });
		const result = await client.query({
			query: "SELECT {n:UInt8} AS n",
			query_params: { n: 7 },
			format: "JSONEachRow",
		});
		expect(await result.json()).toEqual([{ n: 7 }]);
		await client.close();
	});

	it.each([
		["without a password", () => anonymous()],
		["as the user that hosts the server", () => anonymous().replace("http://", "http://default:@")],
		["with a wrong password", () => anonymous().replace("http://", "http://spanwise:wrong@")],
	])("refuses everything %s", async (_name, url) => {
		for (const body of ["SELECT 1", "SELECT * FROM spanwise.kept", "SYSTEM STOP LISTEN HTTP", "SYSTEM SHUTDOWN"]) {
			const answer = await askLoopback(url(), { method: "POST", body });
			expect(answer.status, body).toBeGreaterThanOrEqual(400);
		}
		expect(await ask("SELECT 1")).toBe("1");
	});

	it("keeps password and configuration to its owner", () => {
		const files = clickhouseFiles(dataDir);
		for (const path of [files.password, files.users, files.config]) {
			expect(statSync(path).mode & 0o777, path).toBe(0o600);
		}
		expect(server.url).toContain(readFileSync(files.password, "utf8").trim());
	});

	it("has no system log tables", async () => {
		expect(await ask("SELECT count() FROM system.tables WHERE database = 'system' AND name LIKE '%_log'")).toBe("0");
	});

	it("makes asynchronous inserts durable before it answers", async () => {
		await ask("CREATE TABLE async_kept (id UInt64) ENGINE = MergeTree ORDER BY id");
		const rows = Array.from({ length: 20 }, (_, id) =>
			ask(`INSERT INTO async_kept SETTINGS async_insert = 1, wait_for_async_insert = 1 VALUES (${id})`),
		);
		await Promise.all(rows);
		process.kill(server.pid(), "SIGKILL");
		expect(await eventually("SELECT count() FROM async_kept")).toBe("20");
	});

	it("starts a killed host again on the same URL with all rows", async () => {
		await ask("INSERT INTO kept SELECT number FROM numbers(1000)");
		const killed = server.pid();
		const told = restarts.length;
		process.kill(killed, "SIGKILL");
		expect(await eventually("SELECT count() FROM kept")).toBe("1000");
		expect(server.pid()).not.toBe(killed);
		expect(restarts.slice(told)).toEqual([
			expect.stringMatching(/^ClickHouse ended unexpectedly \(signal SIGKILL\); starting it again in [\d.]+ s$/),
		]);
	});

	it("does not react to Ctrl-C, which reaches the whole process group", async () => {
		const pid = server.pid();
		process.kill(pid, "SIGINT");
		await sleep(300);
		expect(await ask("SELECT 1")).toBe("1");
		expect(server.pid()).toBe(pid);
	});

	it("refuses a data folder another server works in and says so", async () => {
		await expect(startClickhouse({ dataDir })).rejects.toThrow(
			/did not start .*is in use by another process \(pid \d+\)/s,
		);
		expect(await ask("SELECT 1")).toBe("1");
	});

	it("leaves the folder free after stop(), for a server with the same password and rows", async () => {
		const password = new URL(server.url).password;
		await server.stop();
		await expect(ask("SELECT 1")).rejects.toThrow();
		server = await startClickhouse({ dataDir });
		expect(new URL(server.url).password).toBe(password);
		expect(await ask("SELECT count() FROM kept")).toBe("1000");
	});
});
