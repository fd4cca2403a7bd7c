import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { Secret } from "@/lib/crypto/secret-box";
import type { AnswerForm } from "@/lib/llm/answer-form";
import { askModel, type ModelAnswer } from "@/lib/llm/ask-model";
import { isModelError, type ModelError } from "@/lib/llm/model-error";
import { type FakeJudge, type Reply, startFakeJudge } from "@/tests/support/fake-judge";

type Protocol = "RESPONSES" | "CHAT_COMPLETIONS";
const PROTOCOLS: Protocol[] = ["RESPONSES", "CHAT_COMPLETIONS"];

let judge: FakeJudge;
afterEach(() => judge?.close());

async function ask(reply: Reply, protocol: Protocol = "RESPONSES", timeoutMs = 5000): Promise<string> {
	judge = await startFakeJudge(() => reply);
	return (await askModel({ endpoint: endpointOf(protocol), prompt: "ready?", timeoutMs })).text;
}

const endpointOf = (protocol: Protocol) => ({
	baseUrl: judge.url,
	model: "gpt-x",
	protocol,
	key: new Secret("sk-key"),
});

/** Asks for a verdict in a form. */
async function askIn(form: AnswerForm, reply: Reply, protocol: Protocol): Promise<ModelAnswer> {
	judge = await startFakeJudge(() => reply);
	return askModel({ endpoint: endpointOf(protocol), prompt: "good?", form, schema: SCHEMA });
}

const SCHEMA = { name: "verdict", schema: { type: "object", properties: { score: { type: "number" } } } };

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
const refusing = (status: number, value: unknown): Reply => ({ status, body: JSON.stringify(value) });

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
			const asked = askModel({
				endpoint: { baseUrl, model: "m", protocol: "RESPONSES", key },
				prompt: "?",
			});
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
		const error = await askModel({
			endpoint: { baseUrl, model: "m", protocol: "RESPONSES", key },
			prompt: "?",
		}).catch((error) => error);
		expect(error).toMatchObject({
			message: "The model could not be reached: ECONNREFUSED",
			kind: "network",
			retryable: true,
		});
	});
});

describe("askModel() with a wanted form", () => {
	it("asks for a JSON schema as each protocol does", async () => {
		const reply: Reply = { text: '{"score":1}' };
		await askIn("JSON_SCHEMA", reply, "RESPONSES");
		expect(judge.calls[0]?.body).toEqual({
			model: "gpt-x",
			input: [{ type: "message", role: "user", content: [{ type: "input_text", text: "good?" }] }],
			text: { format: { type: "json_schema", ...SCHEMA, strict: true } },
		});
		await judge.close();
		await askIn("JSON_SCHEMA", reply, "CHAT_COMPLETIONS");
		expect(judge.calls[0]?.body).toEqual({
			model: "gpt-x",
			messages: [{ role: "user", content: "good?" }],
			response_format: { type: "json_schema", json_schema: { ...SCHEMA, strict: true } },
		});
	});

	it("makes the model call one tool, whose arguments are the text", async () => {
		for (const protocol of PROTOCOLS) {
			expect((await askIn("TOOL_CALL", { text: '{"score":1}' }, protocol)).text).toBe('{"score":1}');
			const { tools, tool_choice: choice } = judge.calls[0]?.body ?? {};
			expect(JSON.stringify(tools)).toContain(JSON.stringify(SCHEMA.schema));
			expect(JSON.stringify(choice)).toContain('"name":"verdict"');
			await judge.close();
		}
	});

	it("takes the text of a model that was to call a tool and did not, and the words of a refusal", async () => {
		const chat = (message: object) => body({ choices: [{ message }] });
		const responses = (content: object) => body({ output: [{ type: "message", content: [content] }] });
		const cases: [Reply, Protocol, string][] = [
			[chat({ content: "plain" }), "CHAT_COMPLETIONS", "plain"],
			[chat({ content: null, refusal: "I will not" }), "CHAT_COMPLETIONS", "I will not"],
			[responses({ type: "output_text", text: "plain" }), "RESPONSES", "plain"],
			[responses({ type: "refusal", refusal: "I will not" }), "RESPONSES", "I will not"],
		];
		for (const [reply, protocol, text] of cases) {
			expect((await askIn("TOOL_CALL", reply, protocol)).text).toBe(text);
			await judge.close();
		}
	});

	it("tells who answered, what it used and how long it took; unknown is null", async () => {
		for (const protocol of PROTOCOLS) {
			const usage = { input: 120, output: 30, cached: 100 };
			expect(await askIn("TEXT", { text: "x", model: "gpt-x-0101", usage }, protocol)).toMatchObject({
				text: "x",
				model: "gpt-x-0101",
				usage: { inputTokens: 120, outputTokens: 30, cacheReadTokens: 100 },
				responseId: expect.any(String),
				latencyMs: expect.any(Number),
			});
			await judge.close();
			expect(await askIn("TEXT", { text: "x" }, protocol)).toMatchObject({ usage: null, model: null });
			await judge.close();
		}
		const odd = body({ id: 7, model: {}, usage: "much", output_text: "x" });
		expect(await askIn("TEXT", odd, "RESPONSES")).toMatchObject({
			text: "x",
			usage: null,
			model: null,
			responseId: null,
		});
	});

	it.each([
		["OpenAI", { error: { message: "no", param: "response_format", code: "unsupported_parameter" } }],
		["OpenAI, of a schema", { error: { message: "Invalid schema for response_format 'verdict'" } }],
		["vLLM", { object: "error", message: '"auto" tool choice requires --enable-auto-tool-choice', code: 400 }],
		["Ollama", { error: { message: "registry.ollama.ai/library/gemma does not support tools" } }],
		["a server in Python", { detail: [{ loc: ["body", "response_format"], msg: "Extra inputs are not permitted" }] }],
		["Groq", { error: { message: "This model does not support response format `json_schema`." } }],
	])("notices that %s refuses the form and not the question", async (_, refused) => {
		for (const status of [400, 422]) {
			const error = await askIn("JSON_SCHEMA", refusing(status, refused), "CHAT_COMPLETIONS").catch((e) => e);
			expect(error).toMatchObject({ kind: "form_refused", retryable: false, ofConnection: false });
			await judge.close();
		}
	});

	it("takes no other refusal for one of the form, nor any when no form was asked for", async () => {
		const refused = { error: { message: "response_format is not supported" } };
		for (const [status, kind] of [
			[401, "unauthorised"],
			[404, "not_found"],
			[501, "overloaded"],
		] as const) {
			const error = await askIn("JSON_SCHEMA", refusing(status, refused), "RESPONSES").catch((e) => e);
			expect(error.kind).toBe(kind);
			await judge.close();
		}
		const text = await askIn("TEXT", refusing(400, refused), "RESPONSES").catch((e) => e);
		expect(text.kind).toBe("refused");
		await judge.close();
		const other = { error: { message: "context length exceeded" } };
		expect((await askIn("TOOL_CALL", refusing(400, other), "RESPONSES").catch((e) => e)).kind).toBe("refused");
	});

	it("does not take what a refusal quotes of the prompt for its reason", async () => {
		judge = await startFakeJudge(({ prompt }) => ({
			status: 400,
			body: JSON.stringify({ error: { message: `cannot process: ${prompt}` } }),
		}));
		const prompt = "Does the agent use its tools and json_schema well?";
		const endpoint = endpointOf("CHAT_COMPLETIONS");
		const error = await askModel({ endpoint, prompt, form: "TOOL_CALL", schema: SCHEMA }).catch((e) => e);
		expect(error.kind).toBe("refused");
	});
});

async function closedPort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	return typeof address === "object" && address ? address.port : 0;
}
