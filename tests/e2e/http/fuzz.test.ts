import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clickhouseFiles } from "@/lib/local/clickhouse-config";
import { projectRoot } from "@/lib/local/project-root";
import { FUZZ_SHARES } from "@/tests/fuzz/bounded-share";
import { CANARY } from "@/tests/fuzz/generate-value";
import { type FuzzTarget, httpTarget } from "@/tests/fuzz/http-target";
import { compareEncodings, readBack } from "@/tests/fuzz/read-back";
import { runFuzz } from "@/tests/fuzz/run-fuzz";
import { type App, startApp } from "@/tests/support/app-server";
import { createProject } from "@/tests/support/judged-project";
import { llmSpan } from "@/tests/support/llm-span";
import { peakMemoryBytes } from "@/tests/support/peak-memory";
import { HAS_PROC } from "@/tests/support/processes";
import { call, getTrace, sendSpans } from "@/tests/support/rest-client";

const SENDERS = 256;
const READ_EVERY = 250;
const COMPARE_EVERY = 1000;
const MEMORY_BYTES_MAX = 1.5 * 1024 ** 3;
const FOLDER = join(projectRoot, "test-results", "fuzz");

describe(`${FUZZ_SHARES.http.count} requests that no exporter would send, over HTTP`, () => {
	let app: App;
	let target: FuzzTarget;
	let pids: number[];
	const processes = () => (HAS_PROC ? [app.pid, app.webPid(), ...clickhousePid(app)] : []);

	beforeAll(async () => {
		app = await startApp();
		target = httpTarget(app.url, SENDERS);
		pids = processes();
	});
	afterAll(async () => {
		await target?.close();
		await app?.stop();
	});

	it("are each answered 200, 400, 413 or 415, readably, with right counts, and nothing accepted is unreadable", async () => {
		const project = await createProject(app.url);
		const { sent, statuses, failures } = await runFuzz({
			target,
			...FUZZ_SHARES.http,
			senders: SENDERS,
			project: project.name,
			folder: FOLDER,
			answered: async (fuzzed, { status }) => {
				if (fuzzed.signal === "logs" || status !== 200) return [];
				if (fuzzed.index % COMPARE_EVERY === 0) return compareEncodings(app.url, fuzzed);
				return fuzzed.index % READ_EVERY === 0 ? readBack(app.url, fuzzed) : [];
			},
		});
		expect(failures).toEqual([]);
		expect(sent).toBe(FUZZ_SHARES.http.count);
		// Not a fuzzer that is refused at the door, nor one whose bodies are all fine.
		for (const status of ["200", "400", "415"]) expect(statuses[status]).toBeGreaterThan(sent / 100);
	}, 600_000);

	it("quote nothing of themselves in what the product prints and logs", () => {
		const { log, output } = clickhouseFiles(app.dataDir);
		const texts = [app.log(), ...[log, output].filter(existsSync).map((path) => readFileSync(path, "utf8"))];
		for (const text of texts) expect(text).not.toContain(CANARY);
		expect(app.log()).not.toContain("unexpected failure");
	});

	it("leave the application as it was: no process ended, memory bounded, healthy, and the next span is stored", async () => {
		expect(processes()).toEqual(pids);
		if (HAS_PROC) expect(peakMemoryBytes(app.webPid())).toBeLessThan(MEMORY_BYTES_MAX);
		expect(await call(app.url, "/api/health?deep=1")).toMatchObject({ status: 200 });
		const span = llmSpan();
		await sendSpans(app.url, [span]);
		expect(await getTrace(app.url, span.traceId)).toMatchObject({ spanCount: 1, spans: [{ spanId: span.spanId }] });
	});
});

/** Of the embedded server; none when the run works against one of its own. */
function clickhousePid(app: App): number[] {
	return process.env.CLICKHOUSE_URL ? [] : [app.clickhousePid()];
}
