import { afterEach, describe, expect, it } from "vitest";
import { Secret } from "@/lib/crypto/secret-box";
import { askJudge, type Judgement } from "@/lib/judge/ask-judge";
import { type AskJudgeError, isAskJudgeError } from "@/lib/judge/ask-judge-error";
import type { AnswerForm } from "@/lib/llm/answer-form";
import { type FakeJudge, type JudgeCall, type Reply, startFakeJudge, verdict } from "@/tests/support/fake-judge";

const PROTOCOLS = ["RESPONSES", "CHAT_COMPLETIONS"] as const;
const KEY = "sk-judge-0123456789";

let judge: FakeJudge;
afterEach(() => judge?.close());

interface Wishes {
	protocol?: (typeof PROTOCOLS)[number];
	form?: AnswerForm | null;
	beforeCall?: () => Promise<void>;
	timeoutMs?: number;
}

async function ask(
	script: (call: JudgeCall, earlier: number) => Reply,
	{ protocol = "RESPONSES", form = null, ...rest }: Wishes = {},
): Promise<Judgement> {
	judge = await startFakeJudge(script);
	const endpoint = { baseUrl: judge.url, model: "judge-1", protocol, key: new Secret(KEY) };
	return askJudge({ endpoint, form, prompt: "Is it polite?", minScore: 1, maxScore: 5, timeoutMs: 60_000, ...rest });
}

async function failure(...asked: Parameters<typeof ask>): Promise<AskJudgeError> {
	try {
		await ask(...asked);
	} catch (error) {
		if (isAskJudgeError(error)) return error;
		throw error;
	}
	throw new Error("expected no verdict");
}

/** Takes these forms and no other. */
const takes =
	(...forms: AnswerForm[]) =>
	(call: JudgeCall): Reply =>
		forms.includes(call.form) ? verdict(4, "kind") : "refuse form";

describe("askJudge()", () => {
	it("asks once, for a JSON schema of the range, and tells the verdict and the call", async () => {
		for (const protocol of PROTOCOLS) {
			const usage = { input: 20, output: 5 };
			const reply = { text: '{"score":4,"reason":"kind"}', model: "judge-1-0101", usage };
			const { verdict, calls, form } = await ask(() => reply, { protocol });
			expect(verdict).toEqual({ score: 4, reason: "kind", parseFailed: false });
			expect(form).toBe("JSON_SCHEMA");
			expect(calls).toEqual([
				{
					form: "JSON_SCHEMA",
					prompt: "Is it polite?",
					answer: reply.text,
					model: "judge-1-0101",
					error: null,
					startedAt: expect.any(Date),
					latencyMs: expect.any(Number),
					responseId: expect.any(String),
					usage: { inputTokens: 20, outputTokens: 5, cacheReadTokens: 0 },
				},
			]);
			expect(JSON.stringify(judge.calls[0]?.body)).toContain('"minimum":1,"maximum":5');
			await judge.close();
		}
	});

	it("goes down to the form that the model takes, and says which it was", async () => {
		for (const protocol of PROTOCOLS) {
			for (const [taken, count] of [
				["JSON_SCHEMA", 1],
				["TOOL_CALL", 2],
				["TEXT", 3],
			] as const) {
				const { verdict, calls, form } = await ask(takes(taken), { protocol });
				expect(verdict).toMatchObject({ score: 4, reason: "kind" });
				expect(form).toBe(taken);
				expect(calls).toHaveLength(count);
				expect(calls.slice(0, -1).every(({ error }) => error?.kind === "form_refused")).toBe(true);
				await judge.close();
			}
		}
	});

	it("starts at the form that it is told", async () => {
		expect((await ask(takes("TEXT"), { form: "TEXT" })).calls).toHaveLength(1);
		await judge.close();
		expect((await ask(takes("TEXT"), { form: "TOOL_CALL" })).calls.map(({ form }) => form)).toEqual([
			"TOOL_CALL",
			"TEXT",
		]);
	});

	it("shows an answer without a score to the model once more", async () => {
		const { verdict: given, calls } = await ask((call) =>
			call.prompt === "Is it polite?" ? { text: "I'd say it is fine." } : verdict(5),
		);
		expect(given).toMatchObject({ score: 5, parseFailed: false });
		expect(calls).toHaveLength(2);
		expect(calls[1]?.prompt).toMatch(
			/^Is it polite\?\n\nYou answered this before: <data-[0-9a-f]{16} name="answer">I'd say it is fine\.<\/data-/,
		);
		expect(calls[1]?.prompt).toMatch(/between 1 and 5 .*\nAnswer with JSON only/);
	});

	it("gives up after one more answer without a score, as a failed parse", async () => {
		const { verdict: given, calls } = await ask(() => ({ text: "fine" }), { form: "TEXT" });
		expect(given).toEqual({
			score: 0,
			reason: "Failed to parse judge response: fine",
			parseFailed: true,
		});
		expect(calls).toHaveLength(2);
	});

	it("keeps a score outside of the range and counts it as the nearest end", async () => {
		expect((await ask(() => verdict(9))).verdict).toMatchObject({ score: 9 });
	});

	it("tells a failed call with those before it", async () => {
		const error = await failure((call) =>
			call.form === "TEXT" ? { status: 429, body: '{"error":{"message":"slow down"}}' } : "refuse form",
		);
		expect(error.cause).toMatchObject({ kind: "rate_limited", retryable: true });
		expect(error.form).toBe("TEXT");
		expect(error.calls.map((call) => call.error?.kind)).toEqual(["form_refused", "form_refused", "rate_limited"]);
		expect(error.calls.every(({ answer, usage }) => answer === null && usage === null)).toBe(true);
	});

	it("takes a refusal of the plainest form for final", async () => {
		const error = await failure(takes());
		expect(error.cause).toMatchObject({ kind: "refused", retryable: false });
		expect(error.calls).toHaveLength(3);
	});

	it("waits before every call, and passes on what ends the wait", async () => {
		let waits = 0;
		await ask(takes("TEXT"), { beforeCall: async () => void waits++ });
		expect(waits).toBe(3);
		await judge.close();
		const limit = new Error("later");
		const error = await failure(() => ({ text: "no score" }), {
			beforeCall: async () => {
				if (waits++ > 3) throw limit;
			},
		});
		expect(error.cause).toBe(limit);
		expect(error.calls).toHaveLength(1);
		expect(judge.calls).toHaveLength(1);
	});

	it("keeps the key out of everything that it tells", async () => {
		const { verdict: given, calls } = await ask((call) => verdict(1, `headers: ${call.headers.authorization}`));
		expect(JSON.stringify([given, calls])).not.toContain(KEY);
		await judge.close();
		const error = await failure(() => ({ echoAuthorization: 400 }));
		expect(JSON.stringify(error.calls)).not.toContain(KEY);
	});
});
