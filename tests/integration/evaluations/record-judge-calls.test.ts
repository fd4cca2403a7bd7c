import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { type JudgeRecord, recordJudgeCalls } from "@/lib/evaluations/record-judge-calls";
import { derive } from "@/lib/genai/derive";
import { randomHex } from "@/lib/ids";
import type { JudgeCall } from "@/lib/judge/judge-call";
import { createPriceOverride } from "@/lib/pricing/create-price-override";
import { PriceOverrideInput } from "@/lib/pricing/price-override";
import { DAY_MS } from "@/lib/time";
import { getTrace } from "@/lib/traces/get-trace";
import type { TraceDetail } from "@/lib/traces/trace";
import { accounts, readBooks } from "@/tests/support/read-books";
import { newProject } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const STARTED = new Date(Date.now() - 60_000);

function call(overrides: Partial<JudgeCall> = {}): JudgeCall {
	return {
		startedAt: STARTED,
		latencyMs: 1200,
		form: "JSON_SCHEMA",
		prompt: "Is it polite?",
		answer: '{"score":1,"reason":"very"}',
		model: "gpt-4o-2024-08-06",
		usage: { inputTokens: 1000, outputTokens: 100, cacheReadTokens: 0 },
		responseId: "resp_1",
		error: null,
		...overrides,
	};
}

const FAILED = call({
	answer: null,
	model: null,
	usage: null,
	responseId: null,
	error: { kind: "form_refused", message: "The model answered HTTP 400: no schemas" },
});

function recordOf(projectId: string, overrides: Partial<JudgeRecord> = {}): JudgeRecord {
	return {
		projectId,
		evaluationId: crypto.randomUUID(),
		attempt: 1,
		ruleId: crypto.randomUUID(),
		ruleName: "polite answers",
		evaluatorName: "politeness",
		judgedTraceId: randomHex(16),
		judgedSpanId: randomHex(8),
		baseUrl: "https://api.openai.com/v1",
		model: "gpt-4o",
		calls: [call()],
		expiresAt: new Date(Date.now() + DAY_MS),
		...overrides,
	};
}

function traceOf(projectId: string, traceId: string | null): Promise<TraceDetail> {
	return getTrace({ projectIds: [projectId], traceId: traceId ?? "" });
}

describe("recordJudgeCalls()", () => {
	it("keeps an attempt as a trace: a judge linked to what it judged, and each call below it", async () => {
		const { id } = await newProject();
		const record = recordOf(id, { calls: [FAILED, call({ form: "TOOL_CALL" })] });
		const { traceId } = await recordJudgeCalls(record);
		const { spans, summary } = await traceOf(id, traceId);
		const [root, refused, answered] = [...spans].sort((a, b) => Number(a.kind === "llm") - Number(b.kind === "llm"));
		expect(spans).toHaveLength(3);
		expect(root).toMatchObject({
			name: "judge politeness",
			kind: "evaluator",
			origin: "judge",
			status: "ok",
			parentSpanId: null,
			links: [{ traceId: record.judgedTraceId, spanId: record.judgedSpanId }],
		});
		expect(root?.attributes.get("spanwise.evaluation.id")).toEqual({ stringValue: record.evaluationId });
		expect(root?.attributes.get("spanwise.rule.id")).toEqual({ stringValue: record.ruleId });
		const calls = [refused, answered].sort((a, b) => (a?.status === "error" ? -1 : b?.status === "error" ? 1 : 0));
		expect(calls[0]).toMatchObject({ status: "error", errorType: "form_refused", parentSpanId: root?.spanId });
		expect(calls[0]?.statusMessage).toBe("The model answered HTTP 400: no schemas");
		expect(calls[1]).toMatchObject({
			kind: "llm",
			origin: "judge",
			parentSpanId: root?.spanId,
			requestModel: "gpt-4o",
			provider: "openai",
			responseModel: "gpt-4o-2024-08-06",
			usage: { input: 1000, output: 100 },
			status: "ok",
			inputText: "Is it polite?",
			outputText: '{"score":1,"reason":"very"}',
			expiresAt: record.expiresAt,
		});
		if (calls[1]) {
			const { inputMessages, outputMessages } = derive(calls[1]);
			expect(inputMessages).toEqual([{ role: "user", parts: [{ type: "text", text: "Is it polite?" }] }]);
			expect(outputMessages).toMatchObject([{ role: "assistant" }]);
		}
		expect(summary.durationNano).toBe(1_200_000_000n);
	});

	it("costs what the price list says, a project's own price before it", async () => {
		const { id } = await newProject();
		const listed = await recordJudgeCalls(recordOf(id));
		// 1,000 tokens in at $2.50 a million, 100 out at $10.
		expect(listed.costUsd).toBeCloseTo(0.0035, 9);
		const own = await newProject();
		await createPriceOverride(
			own.id,
			PriceOverrideInput.parse({ modelPattern: "gpt-4o*", inputPerMillion: 100, outputPerMillion: 1000 }),
		);
		const { costUsd, traceId } = await recordJudgeCalls(recordOf(own.id, { calls: [call(), FAILED, call()] }));
		expect(costUsd).toBeCloseTo(0.4, 9);
		expect((await traceOf(own.id, traceId)).summary.costUsd).toBeCloseTo(0.4, 9);
	});

	it("knows no cost where a price or a count is unknown, and none of calls that nobody answered", async () => {
		const { id } = await newProject();
		const costOf = async (overrides: Partial<JudgeRecord>) => (await recordJudgeCalls(recordOf(id, overrides))).costUsd;
		expect(await costOf({ model: "own-model", calls: [call({ model: null })], baseUrl: "http://127.0.0.1:9/v1" })).toBe(
			null,
		);
		expect(await costOf({ calls: [call(), call({ usage: null })] })).toBe(null);
		expect(await costOf({ calls: [FAILED] })).toBe(null);
		expect(await recordJudgeCalls(recordOf(id, { calls: [] }))).toEqual({ traceId: null, costUsd: null });
	});

	it("replaces what it recorded of the same attempt, and keeps each attempt apart", async () => {
		const { id } = await newProject();
		const record = recordOf(id);
		const first = await recordJudgeCalls(record);
		const again = await recordJudgeCalls({ ...record, calls: [call({ answer: "another one" })] });
		expect(again.traceId).toBe(first.traceId);
		const { spans } = await traceOf(id, first.traceId);
		expect(spans).toHaveLength(2);
		expect(spans.find(({ kind }) => kind === "llm")?.outputText).toBe("another one");
		expect((await recordJudgeCalls({ ...record, attempt: 2 })).traceId).not.toBe(first.traceId);
	});

	it("enters no books and marks no project dirty: nobody sent it", async () => {
		const project = await newProject();
		const before = await db().project.findUniqueOrThrow({ where: { id: project.id } });
		await recordJudgeCalls(recordOf(project.id));
		expect(await db().project.findUniqueOrThrow({ where: { id: project.id } })).toEqual(before);
		const { received, stored, duplicates, rejected, inFlight, missing } = await readBooks(project);
		expect({ received, stored, duplicates, rejected, inFlight }).toEqual(accounts({}));
		expect(missing).toBe(0);
	});

	it("keeps any text as it is, and nothing of the address but its host", async () => {
		const { id } = await newProject();
		const prompt = "nul \0, lone \ud800, 🦊, </data> '\"\\";
		const baseUrl = "https://user:secret@llm.example.com:8443/v1?key=secret";
		const { traceId } = await recordJudgeCalls(recordOf(id, { baseUrl, calls: [call({ prompt })] }));
		const { spans } = await traceOf(id, traceId);
		const asked = spans.find(({ kind }) => kind === "llm");
		expect(asked?.inputText).toBe(prompt.toWellFormed());
		expect(asked?.attributes.get("server.address")).toEqual({ stringValue: "llm.example.com" });
		expect(JSON.stringify([...(asked?.attributes ?? [])])).not.toContain("secret");
	});

	it("is of one project only", async () => {
		const [mine, other] = [await newProject(), await newProject()];
		const { traceId } = await recordJudgeCalls(recordOf(mine.id));
		await expect(traceOf(other.id, traceId)).rejects.toMatchObject({ code: "not_found" });
	});
});
