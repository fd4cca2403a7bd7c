import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { askLoopback } from "@/lib/local/ask-loopback";
import { nodeArguments, projectRoot } from "@/lib/local/project-root";
import { startClickhouse } from "@/lib/local/start-clickhouse";
import { sleep } from "@/lib/time";

const SUPERVISOR = `
	import { startClickhouse } from ${JSON.stringify(join(projectRoot, "lib/local/start-clickhouse.ts"))};
	const server = await startClickhouse({ dataDir: process.argv[2] });
	console.log(JSON.stringify({ url: server.url, pid: server.pid() }));
	setInterval(() => undefined, 1000);
`;

/** A zombie is not alive: an orphan stays one where process 1 does not collect its children. */
function isAlive(pid: number): boolean {
	if (existsSync("/proc/self/stat")) {
		const path = `/proc/${pid}/stat`;
		return existsSync(path) && !readFileSync(path, "utf8").includes(") Z ");
	}
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}

it("SIGKILL of the supervisor leaves no ClickHouse behind, and the next one opens the same data at once", async () => {
	const folder = mkdtempSync(join(tmpdir(), "spanwise-orphans-"));
	const script = join(folder, "supervisor.mts");
	writeFileSync(script, SUPERVISOR);
	const [flag = "", loader = ""] = nodeArguments("");
	const supervisor = spawn(process.execPath, [flag, loader, script, folder], {
		cwd: projectRoot,
		stdio: ["ignore", "pipe", "inherit"],
	});
	const line = await new Promise<string>((resolve) => supervisor.stdout.once("data", (data) => resolve(String(data))));
	const first: { url: string; pid: number } = JSON.parse(line);
	const create = "CREATE TABLE spanwise.kept ENGINE = MergeTree ORDER BY number AS SELECT number FROM numbers(5000)";
	expect((await askLoopback(first.url.replace(/spanwise$/, ""), { method: "POST", body: create })).status).toBe(200);

	supervisor.kill("SIGKILL");
	const next = await startClickhouse({ dataDir: folder });
	expect(isAlive(first.pid)).toBe(false);
	const body = "SELECT count() FROM spanwise.kept";
	const answer = await askLoopback(next.url.replace(/spanwise$/, ""), { method: "POST", body });
	expect(answer.body.trim()).toBe("5000");

	const pid = next.pid();
	await next.stop();
	for (let waited = 0; isAlive(pid) && waited < 2000; waited += 50) await sleep(50);
	expect(isAlive(pid)).toBe(false);
	rmSync(folder, { recursive: true, force: true });
});
