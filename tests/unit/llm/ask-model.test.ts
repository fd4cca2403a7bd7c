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
				expect(error).toMatchObject({ message: "The model's reply was unreadable or empty", retryable: true });
				await judge.close();
			}
		}
	});

	it("takes 4xx and redirects for final and 5xx for passing, and asks once", async () => {
		const verdicts: [number, boolean][] = [
			...[400, 401, 403, 404, 408, 409, 422, 429].map((status): [number, boolean] => [status, false]),
			...[500, 502, 503, 529].map((status): [number, boolean] => [status, true]),
			...[302, 307].map((status): [number, boolean] => [status, false]),
		];
		for (const [status, retryable] of verdicts) {
			const headers = { Location: "/v1/elsewhere", "x-should-retry": "true", "retry-after": "0" };
			const error = await refusal({ status, body: '{"error":{"message":"no luck"}}', headers });
			expect(error.retryable).toBe(retryable);
			expect(error.message).toBe(`The model answered HTTP ${status}: no luck`);
			expect(judge.calls).toHaveLength(1);
			await judge.close();
		}
	});

	it("gives up after the time-out, before headers or in the middle of the body", async () => {
		const started = performance.now();
		expect(await refusal("hang", "RESPONSES", 150)).toMatchObject({
			message: "The model did not answer within 0.15 s",
			retryable: true,
		});
		expect(performance.now() - started).toBeLessThan(2000);
	});

	it("finds a broken and a refused connection worth another try", async () => {
		for (const protocol of PROTOCOLS) {
			const error = await refusal("reset", protocol);
			expect(error.message).toMatch(/^The model could not be reached: /);
			expect(error.retryable).toBe(true);
			await judge.close();
		}
		const baseUrl = `http://127.0.0.1:${await closedPort()}/v1`;
		const key = new Secret("sk-key");
		const error = await askModel({ baseUrl, model: "m", protocol: "RESPONSES", key }, "?").catch((error) => error);
		expect(error).toMatchObject({ message: "The model could not be reached: ECONNREFUSED", retryable: true });
	});
});

async function closedPort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	return typeof address === "object" && address ? address.port : 0;
}
