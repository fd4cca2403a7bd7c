import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sleep } from "@/lib/time";
import { startChild } from "@/tests/support/child";

const FILE = join(import.meta.dirname, "restart-child.ts");
const RUNS = 20;
const KILLS = 6;
const AT_A_TIME = 5;

test("runs executing or sleeping when the process is killed end after a restart, and finished steps do not run again", {
	timeout: 180_000,
}, async () => {
	const folder = mkdtempSync(join(tmpdir(), "spanwise-restart-"));
	try {
		for (let kill = 0; kill < KILLS; kill++) {
			const child = startChild(FILE, folder, kill === 0 ? String(RUNS) : "0");
			await said(child, "sent");
			await sleep(50 + Math.random() * 700);
			await child.kill("SIGKILL");
		}
		const child = startChild(FILE, folder, "0");
		const result = await said(child, "[[");
		await child.kill("SIGKILL");

		expect(JSON.parse(result)).toEqual(
			Array.from({ length: RUNS }, () => ["completed", JSON.stringify("first left right last")]),
		);
		const bodies = readFileSync(join(folder, "bodies.log"), "utf8").trim().split("\n");
		expect(new Set(bodies).size).toBe(RUNS * 4);
		// A body may run again only when the kill came between its end and the storing of its result.
		expect(bodies.length - RUNS * 4).toBeLessThanOrEqual(KILLS * AT_A_TIME);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});

/** Waits for a line with this start among the log lines. */
async function said(child: ReturnType<typeof startChild>, start: string): Promise<string> {
	for (;;) {
		const line = child.lines.find((text) => text.startsWith(start));
		if (line) return line;
		await child.said(child.lines.length + 1);
	}
}
