import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { Secret } from "@/lib/crypto/secret-box";
import { askModel } from "@/lib/llm/ask-model";
import { isModelError, type ModelError } from "@/lib/llm/model-error";
import { type FakeJudge, type Reply, startFakeJudge } from "@/tests/support/fake-judge";

type Protocol = "RESPONSES" | "CHAT_COMPLETIONS";
const PROTOCOLS: Protocol[] = ["RESPONSES", "CHAT_COMPLETIONS"];

let judge: FakeJudge;
afterEach(() => judge?.close());

async function ask(reply: Reply, protocol: Protocol = "RESPONSES", timeoutMs = 5000): Promise<string> {
	judge = await startFakeJudge(() => reply);
	return askModel({ baseUrl: judge.url, model: "gpt-x", protocol, key: new Secret("sk-key") }, "ready?", timeoutMs);
}

async function refusal(reply: Reply, protocol?: Protocol, timeoutMs?: number): Promise<ModelError> {
	try {
		await ask(reply, protocol, timeoutMs);
	} catch (error) {
		if (isModelError(error)) return error;
		throw error;
	}
	throw new Error("expected a refusal");
}

const body = (value: unknown): Reply => ({ body: JSON.stringify(value) });

describe("askModel()", () => {
	it("sends exactly the documented body and one bearer key", async () => {
		expect(await ask({ text: "yes" }, "RESPONSES")).toBe("yes");
		expect(judge.calls[0]).toMatchObject({ path: "/v1/responses", headers: { authorization: "Bearer sk-key" } });
		expect(judge.calls[0]?.body).toEqual({
			model: "gpt-x",
			input: [{ type: "message", role: "user", content: [{ type: "input_text", text: "ready?" }] }],
		});
		await judge.close();
		expect(await ask({ text: "yes" }, "CHAT_COMPLETIONS")).toBe("yes");
		expect(judge.calls[0]).toMatchObject({ path: "/v1/chat/completions", headers: { authorization: "Bearer sk-key" } });
		expect(judge.calls[0]?.body).toEqual({ model: "gpt-x", messages: [{ role: "user", content: "ready?" }] });
	});

	it("sends no organisation, project or vendor's key from the environment", async () => {
		process.env.OPENAI_ORG_ID = "org-private";
		process.env.OPENAI_PROJECT_ID = "proj-private";
		process.env.OPENAI_API_KEY = "sk-other";
		await ask({ text: "yes" });
		expect(JSON.stringify(judge.calls[0]?.headers)).not.toMatch(/private|sk-other/);
	});

	it("reads output_text before parts, and joins all parts of that type", async () => {
		const part = (type: string, text: string) => ({ type, text });
		const output = [
			{ type: "reasoning", content: [part("reasoning_text", "hidden")] },
			{ type: "message", content: [part("output_text", "a"), part("refusal", "no"), part("output_text", "b")] },
			{ type: "message", content: [part("output_text", "c")] },
			{ type: "function_call" },
		];
		expect(await ask(body({ output }))).toBe("abc");
		await judge.close();
		expect(await ask(body({ output_text: "top", output }))).toBe("top");
		await judge.close();
		expect(await ask(body({ output_text: " ", output }))).toBe("abc");
	});

	it("finds unreadable and empty replies worth another try", async () => {
		const replies = ["", "no json", "null", "[]", "{}", '{"output":[]}', '{"output_text":"  "}', '{"choices":[]}'];
		replies.push('{"choices":[{"message":{"content":null}}]}', '{"choices":[{"message":{}}]}');
		for (const protocol of PROTOCOLS) {
			for (const reply of replies) {
				const error = await refusal({ body: reply }, protocol);
				expect(error).toMatchObject({
					message: "The model's reply was unreadable or empty",
					kind: "bad_reply",
					retryable: true,
				});
				await judge.close();
			}
		}
	});

	it.each([
		[302, "refused", false],
		[307, "refused", false],
		[400, "refused", false],
		[401, "unauthorised", false],
		[402, "quota", false],
		[403, "unauthorised", false],
		[404, "not_found", false],
		[408, "timeout", true],
		[409, "overloaded", true],
		[413, "refused", false],
		[422, "refused", false],
		[425, "overloaded", true],
		[429, "rate_limited", true],
		[500, "overloaded", true],
		[502, "overloaded", true],
		[503, "overloaded", true],
		[529, "overloaded", true],
	] as const)("takes HTTP %i for %s, retryable: %s, and asks once", async (status, kind, retryable) => {
		const headers = { Location: "/v1/elsewhere", "x-should-retry": "true", "retry-after": "7" };
		const error = await refusal({ status, body: '{"error":{"message":"no luck"}}', headers });
		expect(error).toMatchObject({ message: `The model answered HTTP ${status}: no luck`, kind, retryable });
		expect(error.retryAfterMs).toBe(7000);
		expect(error.ofConnection).toBe(kind === "unauthorised" || kind === "quota");
		expect(judge.calls).toHaveLength(1);
	});

	it.each(["insufficient_quota", "billing_hard_limit_reached"])("takes a 429 of code %s for final", async (code) => {
		for (const error of [{ code }, { type: code, code: null }]) {
			const refused = await refusal({
				status: 429,
				body: JSON.stringify({ error: { message: "no money", ...error } }),
			});
			expect(refused).toMatchObject({ kind: "quota", retryable: false, ofConnection: true });
			await judge.close();
		}
	});

	it("reads when limits are reset from a 429 only", async () => {
		const headers = { "x-ratelimit-reset-requests": "6m0s" };
		expect(await refusal({ status: 429, body: "", headers })).toMatchObject({ retryAfterMs: 360_000 });
		await judge.close();
		expect((await refusal({ status: 503, body: "", headers })).retryAfterMs).toBeUndefined();
	});

	it("does not call what the server does not call, whatever its name, and says what to set", async () => {
		for (const baseUrl of ["http://169.254.169.254/v1", "http://127.0.0.1:22/v1", "ftp://127.0.0.1/v1"]) {
			const key = new Secret("sk-key");
			const asked = askModel({ baseUrl, model: "m", protocol: "RESPONSES", key }, "?");
			const error = await asked.catch((error) => error);
			expect(error).toMatchObject({ kind: "blocked_by_guard", retryable: false, ofConnection: true });
			if (!baseUrl.startsWith("ftp"))
				expect(error.message).toMatch(/^This server does not call .* SPANWISE_OUTBOUND_ALLOW$/);
		}
	});

	it("gives up after the time-out, before headers or in the middle of the body", async () => {
		const started = performance.now();
		expect(await refusal("hang", "RESPONSES", 150)).toMatchObject({
			message: "The model did not answer within 0.15 s",
			kind: "timeout",
			retryable: true,
		});
		expect(performance.now() - started).toBeLessThan(2000);
	});

	it("finds a broken and a refused connection worth another try", async () => {
		for (const protocol of PROTOCOLS) {
			const error = await refusal("reset", protocol);
			expect(error.message).toMatch(/^The model could not be reached: /);
			expect(error).toMatchObject({ kind: "network", retryable: true });
			await judge.close();
		}
		const baseUrl = `http://127.0.0.1:${await closedPort()}/v1`;
		const key = new Secret("sk-key");
		const error = await askModel({ baseUrl, model: "m", protocol: "RESPONSES", key }, "?").catch((error) => error);
		expect(error).toMatchObject({
			message: "The model could not be reached: ECONNREFUSED",
			kind: "network",
			retryable: true,
		});
	});
});

async function closedPort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	return typeof address === "object" && address ? address.port : 0;
}
