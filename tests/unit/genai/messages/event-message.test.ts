import { describe, expect, it } from "vitest";
import { eventMessage } from "@/lib/genai/messages/event-message";
import type { Part } from "@/lib/span/message";

const text = (content: string): Part => ({ type: "text", text: content });
const call: Part = { type: "tool_call", id: "c1", name: "calc", arguments: { q: "x" } };
const openaiCall = { id: "c1", type: "function", function: { name: "calc", arguments: '{"q":"x"}' } };

describe("eventMessage()", () => {
	it("reads a user's message in every spelling", () => {
		for (const fields of [
			{ content: "Hi" },
			{ content: "Hi", role: "user", "gen_ai.system": "openai" },
			{ content: '[{"text":"Hi"}]' },
			{ content: [{ text: "Hi" }] },
			{ content: '[{"type":"text","text":"Hi"}]' },
			{ content: { role: "user", parts: [{ text: "Hi" }] } },
			{ content: '{"role":"user","parts":[{"text":"Hi"}]}' },
			{ message: "Hi" },
			{ "gen_ai.event.content": '{"role":"user","name":null,"content":"Hi","tool_calls":[]}' },
			{ "gen_ai.event.content": { content: "Hi" } },
			{ "gen_ai.event.content": "Hi" },
		]) {
			expect(eventMessage("gen_ai.user.message", fields), JSON.stringify(fields)).toStrictEqual({
				side: "input",
				message: { role: "user", parts: [text("Hi")] },
			});
		}
	});

	it("reads a choice in every spelling", () => {
		for (const fields of [
			{
				finish_reason: "tool_use",
				message: '[{"text":"Hello"},{"toolUse":{"toolUseId":"c1","name":"calc","input":{"q":"x"}}}]',
			},
			{
				index: 0,
				finish_reason: "tool_calls",
				message: { role: "assistant", content: "Hello", tool_calls: [openaiCall] },
			},
			{
				index: 0,
				finish_reason: "tool_calls",
				message: JSON.stringify({ content: "Hello", tool_calls: [openaiCall] }),
			},
			{ role: "assistant", content: "Hello", tool_calls: [JSON.stringify(openaiCall)], finish_reason: "tool_calls" },
			{ content: "Hello", tool_calls: JSON.stringify([openaiCall]), finish_reason: '["tool_calls"]' },
			{ message: { content: "Hello" }, tool_calls: [openaiCall], finish_reason: "ToolCalls" },
			{
				"gen_ai.event.content": JSON.stringify({
					index: 0,
					message: { role: "Assistant", name: null, content: "Hello" },
					tool_calls: [openaiCall],
					finish_reason: "ToolCalls",
				}),
			},
			{
				"gen_ai.event.content": { message: { content: "Hello", tool_calls: [openaiCall] } },
				finish_reason: "tool_calls",
			},
			{
				content: {
					role: "model",
					parts: [{ text: "Hello" }, { function_call: { id: "c1", name: "calc", args: { q: "x" } } }],
				},
				finish_reason: "tool_call",
			},
		]) {
			expect(eventMessage("gen_ai.choice", fields), JSON.stringify(fields)).toStrictEqual({
				side: "output",
				message: { role: "assistant", parts: [text("Hello"), call], finish_reason: "tool_call" },
			});
		}
	});

	it("knows the roles of the event names, and a role that the fields state instead", () => {
		const roleOf = (name: string, fields: object) => eventMessage(name, { content: "x", ...fields })?.message.role;
		expect(roleOf("gen_ai.system.message", {})).toBe("system");
		expect(roleOf("gen_ai.system.message", { role: "developer" })).toBe("system");
		expect(roleOf("gen_ai.assistant.message", {})).toBe("assistant");
		expect(roleOf("gen_ai.tool.message", {})).toBe("tool");
		expect(eventMessage("gen_ai.assistant.message", { tool_calls: [openaiCall] })?.message).toStrictEqual({
			role: "assistant",
			parts: [call],
		});
	});

	it("reads a tool's answer: the whole content, or the results inside it", () => {
		for (const [fields, part] of [
			[{ id: "c1", content: "cold" }, { result: "cold" }],
			[{ id: "c1", role: "tool", content: '{"expr": "2+2"}' }, { result: { expr: "2+2" } }],
			[{ id: "c1", content: '{"content": "inner"}' }, { result: { content: "inner" } }],
			[{ id: "c1", content: '[{"text": "4"}]' }, { result: "4" }],
			[{ content: '[{"toolResult":{"toolUseId":"c1","content":[{"text":"4"}],"status":"success"}}]' }, { result: "4" }],
			[
				{ tool_call_id: "c1", id: "m", name: "calc", content: "4" },
				{ name: "calc", result: "4" },
			],
		] as const) {
			expect(eventMessage("gen_ai.tool.message", fields)?.message, JSON.stringify(fields)).toStrictEqual({
				role: "tool",
				parts: [{ type: "tool_result", id: "c1", ...part }],
			});
		}
		const asUser = eventMessage("gen_ai.user.message", {
			content: '[{"toolResult":{"toolUseId":"c1","content":[{"text":"4"}]}}]',
		});
		expect(asUser?.message.role).toBe("tool");
	});

	it("leaves text alone that merely is JSON", () => {
		for (const content of ['{"a":1}', "[1,2]", '{"content":"x"}', '[{"a":1}]', '[{"text":"cut']) {
			expect(eventMessage("gen_ai.user.message", { content })?.message.parts).toStrictEqual([text(content)]);
		}
		expect(eventMessage("gen_ai.choice", { message: "4\n" })?.message).toStrictEqual({
			role: "assistant",
			parts: [text("4\n")],
		});
	});

	it("is null for other events, and where content was not captured", () => {
		expect(eventMessage("exception", { content: "x" })).toBeNull();
		expect(eventMessage("gen_ai.client.inference.operation.details", { content: "x" })).toBeNull();
		expect(eventMessage("gen_ai.user.message", {})).toBeNull();
		expect(eventMessage("gen_ai.user.message", { "gen_ai.system": "openai", content: "" })).toBeNull();
		expect(eventMessage("gen_ai.user.message", { role: "user" })).toBeNull();
		expect(eventMessage("gen_ai.choice", { index: 0, message: { role: "assistant" } })).toBeNull();
	});

	it("keeps why a choice ended although its content was not captured", () => {
		for (const fields of [
			{ finish_reason: "stop" },
			{ index: 0, message: { role: "assistant" }, finish_reason: "stop" },
		]) {
			expect(eventMessage("gen_ai.choice", fields)?.message).toStrictEqual({
				role: "assistant",
				parts: [],
				finish_reason: "stop",
			});
		}
	});
});
