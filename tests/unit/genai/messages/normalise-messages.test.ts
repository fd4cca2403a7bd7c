import { describe, expect, it } from "vitest";
import { normaliseMessages, textMessage } from "@/lib/genai/messages/normalise-messages";
import type { Message, Part } from "@/lib/span/message";

const text = (content: string): Part => ({ type: "text", text: content });
const user: Message = { role: "user", parts: [text("Hi")] };
const hello: Message = { role: "assistant", parts: [text("Hello")] };
const stopped: Message = { ...hello, finish_reason: "stop" };
const system: Message = { role: "system", parts: [text("Be brief")] };

const human = {
	lc: 1,
	type: "constructor",
	id: ["langchain", "schema", "messages", "HumanMessage"],
	kwargs: { content: "Hi" },
};
const ai = {
	lc: 1,
	type: "constructor",
	id: ["langchain_core", "messages", "AIMessageChunk"],
	kwargs: { content: "Hello" },
};

/** Every shape in which one question has been seen. */
const QUESTIONS: Record<string, unknown> = {
	text: "Hi",
	"quoted text": '"Hi"',
	"OTel message": [{ role: "user", parts: [{ type: "text", content: "Hi" }] }],
	"OTel parts as text": [{ role: "user", parts: "Hi" }],
	"JSON text of messages": '[{"role":"user","content":"Hi"}]',
	"list of JSON texts": ['{"role":"user","content":"Hi"}'],
	"OpenAI message": [{ role: "user", content: "Hi" }],
	"OpenAI content list": [{ role: "user", content: [{ type: "text", text: "Hi" }] }],
	"one message": { role: "user", content: "Hi" },
	"upper-case role": [{ role: "USER", content: "Hi" }],
	"human role": [{ role: "human", content: "Hi" }],
	"Responses item": [{ type: "message", role: "user", content: [{ type: "input_text", text: "Hi" }] }],
	"Bedrock message": [{ role: "user", content: [{ text: "Hi" }] }],
	"Gemini content": [{ role: "user", parts: [{ text: "Hi" }] }],
	"single Gemini content": { role: "user", parts: [{ text: "Hi" }] },
	"parts alone": [{ text: "Hi" }],
	"list of texts": ["Hi"],
	"serialised LangChain": [human],
	"batch of serialised LangChain": { messages: [[human]] },
	"kwargs alone": [[{ kwargs: { content: "Hi", type: "human" } }]],
	"LangChain dict": [{ type: "human", data: { content: "Hi", additional_kwargs: {} } }],
	"LangChain type": [{ type: "human", content: "Hi", id: "1", response_metadata: {} }],
	"role and text pairs": { messages: [["human", "Hi"]] },
	"chat request": { model: "gpt-4o", messages: [{ role: "user", content: "Hi" }], tools: [] },
	"Gemini request": { model: "gemini", contents: [{ role: "user", parts: [{ text: "Hi" }] }] },
	"Gemini request with text": { contents: "Hi" },
	"Responses request": { model: "gpt-4o", input: "Hi" },
	"Responses request with items": { input: [{ role: "user", content: "Hi" }] },
	"prompt request": { prompt: "Hi" },
	"prompts request": { prompts: ["Hi"] },
	"AI SDK prompt": { prompt: [{ role: "user", content: [{ type: "text", text: "Hi" }] }] },
	"nested request": { input: { messages: [{ role: "user", content: "Hi" }] } },
	"Haystack ChatMessage": { messages: [{ role: "user", meta: {}, name: null, content: [{ text: "Hi" }] }] },
	"older Haystack ChatMessage": [{ _role: "user", _content: [{ text: "Hi" }], _name: null, _meta: {} }],
	"LiveKit items": { items: [{ id: "i", type: "message", role: "user", content: ["Hi"], interrupted: false }] },
	"Dify prompt": [{ role: "user", text: "Hi", files: [] }],
	"Mastra message": [
		{ id: "m", role: "user", content: { format: 2, parts: [{ type: "text", text: "Hi" }], content: "Hi" } },
	],
	"AI SDK interface message": [{ role: "user", content: "Hi", parts: [{ type: "text", text: "Hi" }] }],
	"Spring message": [{ messageType: "USER", text: "Hi" }],
	"Cohere message": { message: "Hi", chat_history: [] },
	"AgentCore body": { input: { messages: [{ role: "user", content: { content: '[{"text":"Hi"}]' } }] }, output: {} },
	"event bodies": [{ "event.name": "gen_ai.user.message", role: "user", content: "Hi" }],
};

/** Every shape in which one answer has been seen that says nothing of why it ended. */
const ANSWERS: Record<string, unknown> = {
	text: "Hello",
	"OTel message": [{ role: "assistant", parts: [{ type: "text", content: "Hello" }] }],
	"Gemini content": { role: "model", parts: [{ text: "Hello" }] },
	"one message": { role: "assistant", content: "Hello" },
	"parts alone": [{ type: "text", text: "Hello" }],
	"serialised LangChain": ai,
	generations: { generations: [[{ text: "Hello", message: { kwargs: { content: "Hello", type: "ai" } } }]] },
	"completion generations": {
		generations: [[{ text: "Hello", type: "Generation", generation_info: null }]],
		llm_output: {},
	},
	"LangChain result": { generations: [[{ text: "Hello", type: "ChatGeneration", message: ai }]] },
	"Haystack replies": {
		replies: [{ role: "assistant", meta: { finish_reason: "stop" }, content: [{ text: "Hello" }] }],
	},
	"text replies": { replies: ["Hello"], meta: [{}] },
	"Responses output": {
		output: [{ type: "message", role: "assistant", content: [{ type: "output_text", text: "Hello" }] }],
	},
	"Responses text": { id: "resp_1", output: [], output_text: "Hello" },
	completion: { completion: "Hello", rawRequest: {} },
	"Dify output": { text: "Hello", usage: {} },
	"Mastra output": { text: "Hello", files: [] },
	"Ollama generate": { response: "Hello", done: true },
	"state with the whole conversation": {
		messages: [
			{ type: "human", content: "Hi" },
			{ type: "ai", content: "Hello" },
		],
	},
	"Titan result": { results: [{ outputText: "Hello", tokenCount: 1 }] },
	"Llama generation": { generation: "Hello" },
	"AgentCore body": {
		input: {},
		output: { messages: [{ role: "assistant", content: { message: '[{"text":"Hello"}]' } }] },
	},
	"event bodies": [
		{ "event.name": "gen_ai.user.message", content: "Hi" },
		{ "event.name": "gen_ai.choice", index: 0, message: { role: "assistant", content: "Hello" } },
	],
};

/** The same, where it says that the model stopped by itself. */
const STOPPED: Record<string, unknown> = {
	"OTel message": [{ role: "assistant", parts: [{ type: "text", content: "Hello" }], finish_reason: "stop" }],
	"chat completion": {
		choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "Hello" } }],
	},
	"text completion": { choices: [{ index: 0, finish_reason: "stop", text: "Hello", logprobs: null }] },
	"Anthropic response": { role: "assistant", content: [{ type: "text", text: "Hello" }], stop_reason: "end_turn" },
	"Anthropic response without role": { content: [{ type: "text", text: "Hello" }], stop_reason: "end_turn" },
	"Anthropic message": {
		id: "m",
		type: "message",
		role: "assistant",
		content: [{ type: "text", text: "Hello" }],
		stop_reason: "end_turn",
	},
	"Gemini candidates": {
		candidates: [{ content: { role: "model", parts: [{ text: "Hello" }] }, finishReason: "STOP" }],
	},
	"ADK response": { content: { role: "model", parts: [{ text: "Hello" }] }, finish_reason: "STOP", usage_metadata: {} },
	"Bedrock response": {
		output: { message: { role: "assistant", content: [{ text: "Hello" }] } },
		stopReason: "end_turn",
	},
	"Genkit response": { message: { role: "model", content: [{ text: "Hello" }] }, finishReason: "stop", usage: {} },
	"AI SDK result": { text: "Hello", finishReason: "stop", toolCalls: [] },
	"Ollama chat": { message: { role: "assistant", content: "Hello" }, done: true, finish_reason: "stop" },
	"older Anthropic": { completion: "Hello", stop_reason: "stop_sequence" },
};

describe("normaliseMessages()", () => {
	it.each(Object.entries(QUESTIONS))("reads a question as %s", (_, value) => {
		expect(normaliseMessages(value, "input")).toStrictEqual([user]);
		expect(normaliseMessages(JSON.stringify(value), "input")).toStrictEqual([user]);
	});

	it.each(Object.entries(ANSWERS))("reads an answer as %s", (_, value) => {
		expect(normaliseMessages(value, "output")).toStrictEqual([hello]);
		expect(normaliseMessages(JSON.stringify(value), "output")).toStrictEqual([hello]);
	});

	it.each(Object.entries(STOPPED))("reads an answer and why it ended as %s", (_, value) => {
		expect(normaliseMessages(value, "output")).toStrictEqual([stopped]);
	});

	it("puts a request's system instructions first, wherever they are", () => {
		const messages = [{ role: "user", content: "Hi" }];
		const contents = [{ role: "user", parts: [{ text: "Hi" }] }];
		for (const request of [
			{ system: "Be brief", messages },
			{ system: [{ type: "text", text: "Be brief", cache_control: {} }], messages },
			{ system: [{ text: "Be brief" }], messages },
			{ instructions: "Be brief", input: "Hi" },
			{ config: { system_instruction: "Be brief" }, contents },
			{ config: { systemInstruction: { role: "user", parts: [{ text: "Be brief" }] } }, contents },
			{ system_instruction: { parts: [{ text: "Be brief" }] }, contents },
			{ system: "Be brief", prompt: "Hi" },
			{ system: "not this", messages: [{ role: "developer", content: "Be brief" }, ...messages] },
		]) {
			expect(normaliseMessages(request, "input"), JSON.stringify(request)).toStrictEqual([system, user]);
		}
	});

	it("reads calls and answers in a conversation of every dialect", () => {
		const call: Part = { type: "tool_call", id: "c1", name: "weather", arguments: { city: "Rome" } };
		const result: Part = { type: "tool_result", id: "c1", result: { t: 20 } };
		const conversation = [user, { role: "assistant", parts: [call] }, { role: "tool", parts: [result] }];
		const json = '{"city":"Rome"}';
		const answer = '{"t":20}';
		const args = { city: "Rome" };
		for (const [dialect, messages] of Object.entries({
			otel: [
				{ role: "user", parts: [{ type: "text", content: "Hi" }] },
				{ role: "assistant", parts: [{ type: "tool_call", id: "c1", name: "weather", arguments: args }] },
				{ role: "user", parts: [{ type: "tool_call_response", id: "c1", response: { t: 20 } }] },
			],
			openai: [
				{ role: "user", content: "Hi" },
				{
					role: "assistant",
					content: null,
					refusal: null,
					tool_calls: [{ id: "c1", type: "function", function: { name: "weather", arguments: json } }],
				},
				{ role: "tool", tool_call_id: "c1", content: answer },
			],
			responses: [
				{ role: "user", content: "Hi" },
				{ type: "function_call", id: "fc", call_id: "c1", name: "weather", arguments: json, status: "completed" },
				{ type: "function_call_output", call_id: "c1", output: answer },
			],
			anthropic: [
				{ role: "user", content: "Hi" },
				{ role: "assistant", content: [{ type: "tool_use", id: "c1", name: "weather", input: args }] },
				{ role: "user", content: [{ type: "tool_result", tool_use_id: "c1", content: answer }] },
			],
			bedrock: [
				{ role: "user", content: [{ text: "Hi" }] },
				{ role: "assistant", content: [{ toolUse: { toolUseId: "c1", name: "weather", input: args } }] },
				{ role: "user", content: [{ toolResult: { toolUseId: "c1", content: [{ json: { t: 20 } }] } }] },
			],
			gemini: [
				{ role: "user", parts: [{ text: "Hi" }] },
				{ role: "model", parts: [{ functionCall: { id: "c1", name: "weather", args } }] },
				{ role: "user", parts: [{ functionResponse: { id: "c1", response: { t: 20 } } }] },
			],
			genkit: [
				{ role: "user", content: [{ text: "Hi" }] },
				{ role: "model", content: [{ toolRequest: { ref: "c1", name: "weather", input: args } }] },
				{ role: "tool", content: [{ toolResponse: { ref: "c1", output: { t: 20 } } }] },
			],
			haystack: [
				{ role: "user", content: [{ text: "Hi" }] },
				{ role: "assistant", content: [{ tool_call: { tool_name: "weather", arguments: args, id: "c1" } }] },
				{ role: "tool", content: [{ tool_call_result: { result: answer, origin: { id: "c1" }, error: false } }] },
			],
			langchain: [
				human,
				{ ...ai, kwargs: { content: "", tool_calls: [{ name: "weather", args, id: "c1", type: "tool_call" }] } },
				{ lc: 1, type: "constructor", id: ["ToolMessage"], kwargs: { content: answer, tool_call_id: "c1", id: "m" } },
			],
			"langchain with provider content": [
				human,
				{
					...ai,
					kwargs: {
						content: [{ type: "tool_use", id: "c1", name: "weather", input: args }],
						tool_calls: [{ name: "weather", args, id: "c1", type: "tool_call" }],
						additional_kwargs: { tool_calls: [{ id: "c1", function: { name: "weather", arguments: json } }] },
					},
				},
				{ type: "tool", content: answer, tool_call_id: "c1" },
			],
			livekit: [
				{ type: "message", role: "user", content: ["Hi"] },
				{ type: "function_call", id: "i/0", call_id: "c1", name: "weather", arguments: json },
				{ type: "function_call_output", id: "j", call_id: "c1", output: answer, is_error: false },
			],
			"ai sdk": [
				{ role: "user", content: [{ type: "text", text: "Hi" }] },
				{ role: "assistant", content: [{ type: "tool-call", toolCallId: "c1", toolName: "weather", input: args }] },
				{
					role: "tool",
					content: [{ type: "tool-result", toolCallId: "c1", output: { type: "json", value: { t: 20 } } }],
				},
			],
		})) {
			expect(normaliseMessages(messages, "input"), dialect).toStrictEqual(conversation);
		}
	});

	it("reads legacy function calls, reasoning, refusals, sounds and images beside the content", () => {
		const message = (raw: object) => normaliseMessages([{ role: "assistant", ...raw }], "output")?.[0]?.parts;
		expect(message({ function_call: { name: "f", arguments: "{}" } })).toStrictEqual([
			{ type: "tool_call", name: "f", arguments: {} },
		]);
		for (const key of ["reasoning_content", "reasoning", "thinking"]) {
			expect(message({ content: "Hello", [key]: "hmm" })).toStrictEqual([
				{ type: "reasoning", text: "hmm" },
				text("Hello"),
			]);
		}
		const details = [{ type: "reasoning.text", text: "hmm" }];
		expect(message({ content: "Hello", reasoning_details: details })).toStrictEqual([
			{ type: "reasoning", text: "hmm" },
			text("Hello"),
		]);
		expect(message({ content: null, refusal: "no" })).toStrictEqual([{ type: "refusal", text: "no" }]);
		expect(message({ content: null, audio: { id: "a", data: "AA==", transcript: "Hello" } })).toStrictEqual([
			{ type: "audio", data_ref: true },
			text("Hello"),
		]);
		expect(message({ content: "Hello", images: ["AA=="] })).toStrictEqual([
			text("Hello"),
			{ type: "image", data_ref: true },
		]);
	});

	it("reads a list of calls as one message of the model", () => {
		const calls = [{ toolCallType: "function", toolCallId: "t1", toolName: "weather", args: '{"city":"Rome"}' }];
		const message = {
			role: "assistant",
			parts: [{ type: "tool_call", id: "t1", name: "weather", arguments: { city: "Rome" } }],
		};
		expect(normaliseMessages(calls, "output")).toStrictEqual([message]);
		expect(normaliseMessages(calls, "input")).toStrictEqual([message]);
		expect(normaliseMessages({ text: "", toolCalls: JSON.stringify(calls) }, "output")).toStrictEqual([message]);
	});

	it("keeps every choice, and each one's own reason", () => {
		const choice = (content: string, finish_reason: string) => ({
			message: { role: "assistant", content },
			finish_reason,
		});
		expect(normaliseMessages({ choices: [choice("a", "stop"), choice("b", "length")] }, "output")).toStrictEqual([
			{ role: "assistant", parts: [text("a")], finish_reason: "stop" },
			{ role: "assistant", parts: [text("b")], finish_reason: "length" },
		]);
		expect(normaliseMessages({ prompts: ["a", "b"] }, "input")).toHaveLength(2);
	});

	it("translates roles, passes unknown ones through, and calls results a tool's whatever they say", () => {
		for (const [role, canonical] of [
			...[
				["developer", "system"],
				["model", "assistant"],
				["ai", "assistant"],
				["agent", "assistant"],
			],
			...[
				["human", "user"],
				["function", "tool"],
				["Critic", "Critic"],
				["", "user"],
				["constructor", "constructor"],
			],
		] as [string, string][]) {
			expect(normaliseMessages([{ role, content: "x" }], "input")?.[0]?.role, role).toBe(canonical);
		}
		const result = { type: "tool_result", tool_use_id: "c", content: "x" };
		const roleOf = (content: unknown[]) => normaliseMessages([{ role: "user", content }], "input")?.[0]?.role;
		expect(roleOf([result, result])).toBe("tool");
		expect(roleOf([result, { type: "text", text: "and" }])).toBe("user");
	});

	it("keeps a speaker's name, and a tool's on its result", () => {
		expect(normaliseMessages([{ role: "user", name: "Ann", content: "Hi" }], "input")).toStrictEqual([
			{ role: "user", parts: [text("Hi")], name: "Ann" },
		]);
		expect(
			normaliseMessages([{ role: "tool", name: "weather", tool_call_id: "c1", content: "cold" }], "input"),
		).toStrictEqual([{ role: "tool", parts: [{ type: "tool_result", id: "c1", name: "weather", result: "cold" }] }]);
		expect(
			normaliseMessages([{ type: "tool", status: "error", tool_call_id: "c1", content: "boom" }], "input"),
		).toStrictEqual([{ role: "tool", parts: [{ type: "tool_result", id: "c1", result: "boom", is_error: true }] }]);
	});

	it("keeps a message that says nothing but why it ended", () => {
		expect(normaliseMessages({ candidates: [{ finishReason: "SAFETY" }] }, "output")).toBeNull();
		expect(normaliseMessages([{ role: "assistant", content: "", finish_reason: "length" }], "output")).toStrictEqual([
			{ role: "assistant", parts: [], finish_reason: "length" },
		]);
	});

	it("keeps an entry that it does not know among those that it does", () => {
		const raw = { type: "agent_handoff", from: "a", to: "b" };
		expect(normaliseMessages([{ role: "user", content: "Hi" }, raw, null], "input")).toStrictEqual([
			user,
			{ role: "user", parts: [{ type: "other", raw }] },
		]);
		const odd = { a: 1 };
		expect(normaliseMessages([{ role: "user", content: odd }], "input")).toStrictEqual([
			{ role: "user", parts: [{ type: "other", raw: odd }] },
		]);
	});

	it("is null for what is no conversation", () => {
		for (const value of [
			...[null, undefined, 3, true, "", "  ", [], [[]], {}, [{}], [1, 2], [null], { topic: "AI" }, [{ id: 1 }]],
			...[{ messages: [] }, { output: "x", reference: "y" }, { query: "refunds" }, { role: "Researcher", goal: "g" }],
			...[{ prompt: { id: "pmpt_1", version: "2" } }, { messages: 3 }],
		]) {
			expect(normaliseMessages(value, "input"), JSON.stringify(value)).toBeNull();
		}
		for (const value of [
			{ id: "chatcmpl-7", model: "gpt-4o" },
			{ id: "resp_1", output: [] },
			{ choices: [] },
			{ input: "Hi" },
		]) {
			expect(normaliseMessages(value, "output"), JSON.stringify(value)).toBeNull();
		}
		const events = [{ "event.name": "gen_ai.user.message", content: "Hi" }, { "event.name": "other" }];
		expect(normaliseMessages(events, "output")).toBeNull();
	});

	it("reads text that only looks like JSON as text, and says nothing of a cut", () => {
		for (const cut of [
			'[{"role":"user","parts":[{"text":"very long ...[TRUNCATED: original length 25000]',
			'{"messages":[{',
			'"open',
		]) {
			expect(normaliseMessages(cut, "input")).toStrictEqual([{ role: "user", parts: [text(cut)] }]);
		}
		expect(normaliseMessages('{"topic":"AI"}', "input")).toStrictEqual([
			{ role: "user", parts: [text('{"topic":"AI"}')] },
		]);
	});

	it("stops at 5,000 messages and keeps the rest as one", () => {
		const list = Array.from({ length: 5003 }, () => ({ role: "user", content: "Hi" }));
		const messages = normaliseMessages(list, "input");
		expect(messages).toHaveLength(5001);
		expect(messages?.[4999]).toEqual(user);
		expect(messages?.[5000]).toEqual({ role: "user", parts: [{ type: "other", raw: list.slice(5000) }] });
	});
});

describe("textMessage()", () => {
	it("marks cut text only where it is told to", () => {
		expect(textMessage("Hi", "user")).toStrictEqual(user);
		expect(textMessage("Hi", "user", true)).toStrictEqual({ ...user, truncated: true });
	});
});
