import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { EngineHealth } from "@/inngest/read-engine-health";
import { startClickhouse } from "@/lib/local/start-clickhouse";
import { type EngineTarget, TARGETS } from "@/tests/support/engine-targets";
import { eventually } from "@/tests/support/eventually";
import { type FakeJudge, type Reply, startFakeJudge, verdict } from "@/tests/support/fake-judge";
import { createJudgedProject, endedEvaluations, type JudgedProject } from "@/tests/support/judged-project";
import { llmSpan } from "@/tests/support/llm-span";
import { attributes } from "@/tests/support/otlp-request";
import { HAS_PROC } from "@/tests/support/processes";
import { call, mustCall, sendSpans } from "@/tests/support/rest-client";

// Whatever runs the functions, the product keeps the same promises. The targets are asked side by side, because most of it
// is waiting: for the minute of a cron, for the pause before a retry, for the lease of a killed process.

const CANARY = "canary-5d1f";
const JUDGE_KEY = "sk-e2e-0123456789";
/** On a shared Postgres a killed process' work waits for its lease, a minute, and its successor's start. */
const ENDED_MS = 100_000;
const TEST_MS = 150_000;

const REPLIES: Record<string, Reply[]> = {
	plain: [verdict(0.9, `${CANARY} reason`)],
	flaky: [outage(), outage(), verdict(0.8)],
	slow: ["hang", verdict(0.7)],
	busy: [{ status: 429, body: `{"error":{"message":"${CANARY}"}}`, headers: { "retry-after": "4" } }, verdict(0.6)],
};

function outage(): Reply {
	return { status: 500, body: `{"error":{"message":"${CANARY} overloaded"}}` };
}

let clickhouse: { url: string; stop(): Promise<void> } | undefined;
const folder = mkdtempSync(join(tmpdir(), "spanwise-targets-"));

beforeAll(async () => {
	const { CLICKHOUSE_URL: url } = process.env;
	clickhouse = url ? { url, stop: async () => undefined } : await startClickhouse({ dataDir: folder });
});
afterAll(async () => {
	await clickhouse?.stop();
	rmSync(folder, { recursive: true, force: true });
});

const rows = TARGETS.map((target) => [target.name, target] as const);

// Needs /proc, to find the process to kill.
describe.skipIf(!HAS_PROC).concurrent.each(rows)("on %s", (name, { needs, open }) => {
	let target: EngineTarget | null = null;
	let judge: FakeJudge;
	let judged: JudgedProject;
	let killedAt = 0;
	let interrupted: Awaited<ReturnType<typeof send>> | undefined;

	beforeAll(async () => {
		target = await open(clickhouse?.url ?? "");
		if (!target) return console.warn(`SKIPPED: ${name}; it needs ${needs}`);
		judge = await startFakeJudge(({ prompt }, earlier) => {
			const replies = REPLIES[prompt.match(new RegExp(`${CANARY} (\\w+)`))?.[1] ?? ""] ?? [];
			return replies[earlier] ?? replies.at(-1) ?? "hang";
		});
		judged = await createJudgedProject(target.url, judge.url);
	}, TEST_MS);
	afterAll(async () => {
		await judge?.close();
		await target?.close();
	}, TEST_MS);
	beforeEach(({ skip }) => skip(!target, `needs ${needs}`));

	function url(): string {
		return target?.url ?? "";
	}

	/** Sends a span that the judge answers as scripted under this name. */
	async function send(script: keyof typeof REPLIES) {
		const span = llmSpan({ attributes: attributes({ input: `${CANARY} ${script}`, output: `${CANARY} answer` }) });
		await sendSpans(url(), [span], judged.project.name);
		const asked = () => judge.calls.filter(({ prompt }) => prompt.includes(`${CANARY} ${script}`));
		return { asked, ended: () => endedEvaluations(url(), span.traceId, 1, ENDED_MS) };
	}

	async function engineHealth(): Promise<EngineHealth> {
		return (await mustCall<{ engine: EngineHealth }>(url(), "/api/health?deep=1")).engine;
	}

	it.sequential(
		"a span that arrives is judged",
		async () => {
			const { ended } = await send("plain");
			expect(await ended()).toMatchObject([{ status: "SUCCEEDED", score: 0.9, attemptCount: 1 }]);
		},
		TEST_MS,
	);

	it.sequential(
		"an application that is killed while the judge is asked comes back",
		async () => {
			interrupted = await send("slow");
			await eventually(() => expect(interrupted?.asked()).toHaveLength(1), { timeoutMs: ENDED_MS });
			killedAt = Date.now();
			await target?.killApp();
		},
		TEST_MS,
	);

	it.sequential(
		"a judge that answers 500 twice is asked again",
		async () => {
			const { asked, ended } = await send("flaky");
			expect(await ended()).toMatchObject([{ status: "SUCCEEDED", score: 0.8, attemptCount: 3 }]);
			expect(asked()).toHaveLength(3);
		},
		TEST_MS,
	);

	it.sequential(
		"a wait that the judge asked for outlives a restart of the server, where there is one",
		async ({ skip }) => {
			skip(!target?.restartServer, "the engine is part of the application, which was killed already");
			const { asked, ended } = await send("busy");
			await eventually(() => expect(asked()).toHaveLength(1), { timeoutMs: ENDED_MS });
			const askedAt = Date.now();
			await eventually(async () => expect((await engineHealth()).status).toBe("ok"));
			await target?.restartServer?.();
			expect(await ended()).toMatchObject([{ status: "SUCCEEDED", score: 0.6, attemptCount: 2 }]);
			expect(Date.now() - askedAt).toBeGreaterThan(3500);
			expect(asked()).toHaveLength(2);
		},
		TEST_MS,
	);

	it.sequential(
		"what the kill interrupted has exactly one score",
		async () => {
			expect(await interrupted?.ended()).toMatchObject([{ status: "SUCCEEDED", score: 0.7, attemptCount: 2 }]);
			expect(interrupted?.asked()).toHaveLength(2);
		},
		TEST_MS,
	);

	it.sequential(
		"the cron beats, after the kill too, and health says what runs the functions",
		async () => {
			const health = await eventually(
				async () => {
					const health = await engineHealth();
					expect(health.lastTickSeconds).not.toBeNull();
					expect(health.lastTickSeconds).toBeLessThan((Date.now() - killedAt) / 1000);
					return health;
				},
				{ timeoutMs: ENDED_MS, intervalMs: 500 },
			);
			expect(health).toMatchObject({ mode: target?.mode, status: "ok", trouble: null });
			expect(health.registration).toBe(target?.mode === "server" ? "registered" : null);
		},
		TEST_MS,
	);

	it.sequential("who calls the functions without the server's signature gets a 401", async () => {
		const path = "/api/inngest?fnId=spanwise-sweep&stepId=step";
		const forged = { "x-inngest-signature": `t=${Math.floor(Date.now() / 1000)}&s=${"0".repeat(64)}` };
		for (const method of ["GET", "POST", "PUT"]) {
			const json = method === "GET" ? undefined : {};
			expect((await call(url(), path, { method, json })).status).toBe(401);
			expect((await call(url(), path, { method, json, headers: forged })).status).toBe(401);
		}
	});

	it.sequential(
		"nothing of span content, prompts or keys is in events, runs or the log",
		async () => {
			const log = target?.log() ?? "";
			const stored = (await target?.stopAndDump()) ?? "";
			expect(stored).toContain("evaluations/requested");
			expect(stored).toContain(judged.project.id);
			for (const secret of [CANARY, JUDGE_KEY, "The response correctly", ...(target?.secrets ?? [])]) {
				expect(stored).not.toContain(secret);
				expect(log).not.toContain(secret);
			}
		},
		TEST_MS,
	);
});
