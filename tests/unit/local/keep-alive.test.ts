import { spawn } from "node:child_process";
import { describe, expect, it } from "vitest";
import { ended, keepAlive, restartDelayMs } from "@/lib/local/keep-alive";
import { sleep } from "@/lib/time";

const node = (code: string) => spawn(process.execPath, ["-e", code], { stdio: "ignore" });
const ENDLESS = "setInterval(() => undefined, 1000)";

describe("restartDelayMs()", () => {
	it("doubles up to ten seconds", () => {
		expect([0, 1, 2, 5, 6, 100].map(restartDelayMs)).toEqual([250, 500, 1000, 8000, 10_000, 10_000]);
	});
});

describe("keepAlive()", () => {
	it("starts a dead child again and says why in one line", async () => {
		const lines: string[] = [];
		const child = node("process.exit(3)");
		const kept = keepAlive({ name: "It", child, spawn: () => node(ENDLESS), report: (line) => lines.push(line) });
		await ended(child);
		while (kept.pid() === child.pid) await sleep(20);
		expect(lines).toEqual(["It ended unexpectedly (exit code 3); starting it again in 0.25 s"]);
		await kept.stop((current) => current.kill("SIGTERM"), 5000);
	});

	it("starts nothing after stop(), not even what was about to start", async () => {
		let spawned = 0;
		const child = node("process.exit(1)");
		const kept = keepAlive({
			name: "It",
			child,
			report: () => undefined,
			spawn: () => {
				spawned++;
				return node(ENDLESS);
			},
		});
		await ended(child);
		await kept.stop(() => undefined, 5000);
		await sleep(400);
		expect(spawned).toBe(0);
	});

	it("kills a child that does not end when asked", async () => {
		const child = node(ENDLESS);
		const kept = keepAlive({ name: "It", child, spawn: () => node(ENDLESS), report: () => undefined });
		await kept.stop(() => undefined, 100);
		expect(child.signalCode).toBe("SIGKILL");
	});
});
