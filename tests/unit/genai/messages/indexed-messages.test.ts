import { describe, expect, it } from "vitest";
import { indexedMessages } from "@/lib/genai/messages/indexed-messages";

type Entries = Record<number, Record<string, unknown>>;
const entries = (values: Entries) =>
	new Map(Object.entries(values).map(([index, leaves]) => [Number(index), new Map(Object.entries(leaves))]));

const call = { type: "tool_call", id: "c1", name: "weather", arguments: { city: "Rome" } };

describe("indexedMessages()", () => {
	it("orders messages and what is inside them by number, over gaps", () => {
		const messages = indexedMessages(
			entries({
				10: { role: "tool", content: "rainy", tool_call_id: "c1" },
				2: {
					role: "assistant",
					"tool_calls.10.name": "last",
					"tool_calls.9.id": "c1",
					"tool_calls.9.name": "weather",
					"tool_calls.9.arguments": '{"city":"Rome"}',
				},
				0: { role: "user", content: "Weather?" },
			}),
			"traceloop",
			"user",
		);
		expect(messages).toStrictEqual([
			{ role: "user", parts: [{ type: "text", text: "Weather?" }] },
			{ role: "assistant", parts: [call, { type: "tool_call", name: "last" }] },
			{ role: "tool", parts: [{ type: "tool_result", id: "c1", result: "rainy" }] },
		]);
	});

	it("reads Traceloop's reasons, legacy calls, and content that is JSON text of pieces", () => {
		const image = '[{"type":"text","text":"See"},{"type":"image_url","image_url":{"url":"https://x.test/a.png"}}]';
		expect(
			indexedMessages(
				entries({
					0: { content: "Hi", finish_reason: "stop" },
					1: { "function_call.name": "f", "function_call.arguments": "{}", finish_reason: "function_call" },
					2: { role: "user", content: image },
					3: { role: "user", content: '{"just":"JSON"}' },
				}),
				"traceloop",
				"assistant",
			),
		).toStrictEqual([
			{ role: "assistant", parts: [{ type: "text", text: "Hi" }], finish_reason: "stop" },
			{ role: "assistant", parts: [{ type: "tool_call", name: "f", arguments: {} }], finish_reason: "tool_call" },
			{
				role: "user",
				parts: [
					{ type: "text", text: "See" },
					{ type: "image", url: "https://x.test/a.png" },
				],
			},
			{ role: "user", parts: [{ type: "text", text: '{"just":"JSON"}' }] },
		]);
	});

	it("reads OpenInference's contents, calls and answers", () => {
		const content = (index: number, rest: string) => `message.contents.${index}.message_content.${rest}`;
		expect(
			indexedMessages(
				entries({
					1: {
						"message.role": "user",
						[content(0, "type")]: "text",
						[content(0, "text")]: "Describe",
						[content(1, "type")]: "image",
						[content(1, "image.image.url")]: "data:image/png;base64,iVBORw0KGgo=",
						[content(2, "type")]: "audio",
						[content(2, "audio.audio.url")]: "https://x.test/a.wav",
						[content(2, "audio.audio.mime_type")]: "audio/wav",
					},
					2: {
						"message.role": "assistant",
						[content(0, "type")]: "reasoning",
						[content(0, "text")]: "hmm",
						[content(0, "signature")]: "c2ln",
						"message.tool_calls.0.tool_call.id": "c1",
						"message.tool_calls.0.tool_call.function.name": "weather",
						"message.tool_calls.0.tool_call.function.arguments": '{"city":"Rome"}',
					},
					3: { "message.role": "tool", "message.tool_call_id": "c1", "message.content": '{"ok":true}' },
					4: { "message.function_call_name": "f", "message.function_call_arguments_json": '{"a":1}' },
					5: {
						"message.role": "tool",
						"message.name": "weather",
						"message.tool_call_id": "c1",
						[content(0, "type")]: "text",
						[content(0, "text")]: '{"t":20}',
					},
				}),
				"openinference",
				"user",
			),
		).toStrictEqual([
			{
				role: "user",
				parts: [
					{ type: "text", text: "Describe" },
					{ type: "image", mime: "image/png", data_ref: true },
					{ type: "audio", mime: "audio/wav", url: "https://x.test/a.wav" },
				],
			},
			{ role: "assistant", parts: [{ type: "reasoning", text: "hmm", signature: true }, call] },
			{ role: "tool", parts: [{ type: "tool_result", id: "c1", result: { ok: true } }] },
			{ role: "assistant", parts: [{ type: "tool_call", name: "f", arguments: { a: 1 } }] },
			{ role: "tool", parts: [{ type: "tool_result", id: "c1", name: "weather", result: { t: 20 } }] },
		]);
	});

	it("makes no message of keys that say nothing", () => {
		expect(indexedMessages(new Map(), "traceloop", "user")).toEqual([]);
		expect(indexedMessages(entries({ 0: { unknown: 1 }, 1: {} }), "traceloop", "user")).toEqual([]);
	});

	it("survives indices and keys that are made to hurt", () => {
		const deep = Array.from({ length: 200 }, () => "a").join(".");
		const messages = indexedMessages(
			entries({
				999999999: {
					role: "user",
					content: "Hi",
					"tool_calls.999999999.name": "far",
					"tool_calls.4294967296.name": "f",
				},
				0: { "__proto__.polluted": 1, "constructor.prototype.polluted": 1, [deep]: 1, "": 1, "..": 1, content: "x" },
				1: { content: "leaf", "content.0.text": "branch", "0": "list" },
			}),
			"traceloop",
			"user",
		);
		expect(messages).toHaveLength(3);
		expect(messages[0]).toStrictEqual({ role: "user", parts: [{ type: "text", text: "x" }] });
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});
});
