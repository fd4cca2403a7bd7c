import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { nodeArguments, projectRoot } from "@/lib/local/project-root";
import type { ChaosReport } from "@/tests/chaos/run-chaos";
import { HAS_PROC } from "@/tests/support/processes";

// The bounded part: `npm run chaos` strikes fifty times and more.
const KILLS = 4;
const SEED = 4;
// A minute on an idle machine.
const TEST_MS_MAX = 600_000;

describe.skipIf(!HAS_PROC)("under load, while processes are killed and paused and the disk is full", () => {
	it(
		"every acknowledged span is kept once, everything else is said, and the books balance",
		async () => {
			const args = ["--json", "--kills", String(KILLS), "--seed", String(SEED), "--senders", "6"];
			const child = spawn(process.execPath, [...nodeArguments("tests/chaos/run.ts"), ...args], {
				cwd: projectRoot,
				stdio: ["ignore", "pipe", "pipe"],
			});
			const [output, log] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
			expect(output, log).toMatch(/^\{/);
			const report: ChaosReport = JSON.parse(output);
			for (const strike of report.skipped) console.warn(`SKIPPED, not possible on this machine: ${strike}`);
			expect(report.problems, log).toEqual([]);
			expect(report.kills).toBe(KILLS);
			expect(report.acknowledgedRequests).toBeGreaterThan(KILLS);
			expect(report.store).toMatchObject({ missing: 0, doubled: 0, strange: 0 });
			expect(report.books).toMatchObject({ balanced: true, missing: 0, inFlight: 0, stored: report.store.spans });
		},
		TEST_MS_MAX,
	);
});
