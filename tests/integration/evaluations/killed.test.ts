import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql, string } from "@/lib/clickhouse/sql";
import { sleep } from "@/lib/time";
import { type Child, startChild } from "@/tests/support/child";
import { startFaultyJudge } from "@/tests/support/faulty-judge";
import { ownStores } from "@/tests/support/stores";

const FILE = join(import.meta.dirname, "killed-child.ts");
const TASKS = Number(process.env.KILLED_TASKS ?? 30);
const KILLS = Number(process.env.KILLED_TIMES ?? 2);
const ATTEMPTS_MAX = Number(process.env.KILLED_ATTEMPTS ?? 3);

ownStores({ SPANWISE_JUDGE_TIMEOUT_MS: "700", SPANWISE_TRACE_EVAL_MAX_ATTEMPTS: String(ATTEMPTS_MAX) });

const Tasks = z.array(
	z.object({
		id: z.string(),
		projectId: z.string(),
		status: z.string(),
		attempts: z.number(),
		lastError: z.string().nullable(),
	}),
);

test(`${TASKS} evaluations all end, each with one score or one reason, though the process is killed again and again`, {
	timeout: 900_000,
}, async () => {
	const folder = mkdtempSync(join(tmpdir(), "spanwise-killed-"));
	const judge = await startFaultyJudge(7);
	let child: Child | undefined;
	try {
		for (let kill = 0; kill < KILLS; kill++) {
			child = startChild(FILE, folder, judge.url, String(TASKS));
			await said(child, "begun");
			await sleep(1000 + Math.random() * 2000);
			await child.kill("SIGKILL");
		}
		child = startChild(FILE, folder, judge.url, String(TASKS));
		const tasks = Tasks.parse(JSON.parse((await said(child, "done ")).slice("done ".length)));
		expect(tasks).toHaveLength(TASKS);
		for (const { status, attempts, lastError } of tasks) {
			expect(attempts).toBeLessThanOrEqual(ATTEMPTS_MAX);
			if (status === "FAILED") {
				expect(lastError).toMatch(
					/HTTP 429|did not answer|could not be reached|unreadable|Interrupted on the last attempt/,
				);
			}
		}
		const succeeded = tasks.filter(({ status }) => status === "SUCCEEDED");
		const scores = await query({
			name: "count scores",
			sql: sql`SELECT count() AS scores, uniqExact(evaluation_id) AS evaluations FROM scores FINAL
				WHERE project_id = ${string(tasks[0]?.projectId ?? "")}`,
			row: z.object({ scores: z.coerce.number(), evaluations: z.coerce.number() }),
		});
		expect(scores).toEqual([{ scores: succeeded.length, evaluations: succeeded.length }]);
		// A call may be made again only when a kill cut it short or came before its end was noted.
		const attempts = tasks.reduce((sum, task) => sum + task.attempts, 0);
		expect(judge.calls.length).toBeLessThanOrEqual(attempts + judge.faults["bad JSON"]);
	} finally {
		await child?.kill("SIGKILL");
		await judge.close();
		rmSync(folder, { recursive: true, force: true });
	}
});

/** Waits for a line with this start among the log lines. */
async function said(child: Child, start: string): Promise<string> {
	for (;;) {
		const line = child.lines.find((text) => text.startsWith(start));
		if (line) return line;
		await child.said(child.lines.length + 1);
	}
}
