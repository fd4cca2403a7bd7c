import { join } from "node:path";
import { expect, test } from "vitest";
import { env } from "@/lib/env";
import { sleep } from "@/lib/time";
import { startChild } from "@/tests/support/child";
import { createTestDatabase } from "@/tests/support/database";

const RUNS = 120;
const server = env().DATABASE_URL;

// PGlite belongs to one process, so this needs a Postgres server.
test.skipIf(!server)(
	"processes on one database share limits exactly, and take over the runs of a killed one",
	{
		timeout: 60_000,
	},
	async () => {
		const database = await createTestDatabase(server ?? "");
		const file = join(import.meta.dirname, "processes-child.ts");
		const start = (send?: string) => startChild(file, database.url, String(RUNS), ...(send ? [send] : []));
		const living = [start(), start()];
		const children = [...living];
		try {
			while (living.some(({ lines }) => !lines.includes("ready"))) await sleep(20);
			const victim = start("send");
			children.push(victim);
			while (victim.lines.filter((line) => line.startsWith("begin")).length < 5) await sleep(5);
			await victim.kill("SIGKILL");
			while (living.some(({ lines }) => !lines.includes("done"))) await sleep(50);

			const changes = living.flatMap(({ lines }) => lines.map((line) => line.split(" ")).filter(([, , key]) => key));
			expect(peak(changes)).toBeLessThanOrEqual(6);
			for (const key of ["k0", "k1", "k2", "k3"]) {
				expect(peak(changes.filter((change) => change[2] === key))).toBeLessThanOrEqual(2);
			}
		} finally {
			await Promise.all(children.map((child) => child.kill("SIGKILL")));
			await database.drop();
		}
	},
);

/** The most that was between `begin` and `end` at a time; at the same millisecond ends come first. */
function peak(changes: string[][]): number {
	const order = ([what, at]: string[]) => Number(at) * 2 + (what === "begin" ? 1 : 0);
	let now = 0;
	return Math.max(...changes.sort((a, b) => order(a) - order(b)).map(([what]) => (now += what === "begin" ? 1 : -1)));
}
