import { describe, expect, it } from "vitest";
import { inputTextOf, outputTextOf, unwrapText } from "@/lib/genai/messages/message-text";
import type { Message } from "@/lib/span/message";

const says = (role: string, ...texts: string[]): Message => ({
	role,
	parts: texts.map((text) => ({ type: "text" as const, text })),
});
const calls: Message = { role: "assistant", parts: [{ type: "tool_call", name: "f" }] };

describe("inputTextOf()", () => {
	it("is the text of the last user message, its parts by line", () => {
		expect(
			inputTextOf([says("system", "s"), says("user", "old"), says("assistant", "a"), says("user", "x", "y")]),
		).toBe("x\ny");
		expect(
			inputTextOf([says("user", "asked"), calls, { role: "tool", parts: [{ type: "tool_result", result: 1 }] }]),
		).toBe("asked");
	});

	it("leaves reasoning, calls and media out, and is null without text or user", () => {
		expect(inputTextOf([says("system", "s")])).toBeNull();
		expect(inputTextOf([])).toBeNull();
		expect(inputTextOf([says("user", "old"), { role: "user", parts: [{ type: "image", url: "u" }] }])).toBeNull();
		const mixed: Message = {
			role: "user",
			parts: [
				{ type: "reasoning", text: "r" },
				{ type: "text", text: "t" },
			],
		};
		expect(inputTextOf([mixed])).toBe("t");
	});
});

describe("outputTextOf()", () => {
	it("is the text of the first choice, else of any, else null", () => {
		expect(outputTextOf([says("assistant", "one"), says("assistant", "two")])).toBe("one");
		expect(outputTextOf([calls, says("assistant", "two")])).toBe("two");
		expect(outputTextOf([calls])).toBeNull();
		expect(outputTextOf([])).toBeNull();
	});

	it("repairs lone surrogates, which no store can hold", () => {
		expect(outputTextOf([says("assistant", "a\ud800b")])).toBe("a\ufffdb");
	});
});

describe("unwrapText()", () => {
	const CASES: [unknown, string | null][] = [
		["plain", "plain"],
		["  kept  ", "  kept  "],
		['"Arr!"', "Arr!"],
		['{"topic":"AI"}', '{"topic":"AI"}'],
		[{ topic: "AI" }, '{"topic":"AI"}'],
		['{"args":["otel"],"kwargs":{}}', "otel"],
		[{ args: [], kwargs: { question: "q" } }, "q"],
		[{ args: ["a", "b"], kwargs: {} }, '{"args":["a","b"],"kwargs":{}}'],
		[{ args: [1], kwargs: {} }, '{"args":[1],"kwargs":{}}'],
		[{ args: ["a"], kwargs: { text: "b" } }, '{"args":["a"],"kwargs":{"text":"b"}}'],
		['{"text":"Yo","files":[]}', "Yo"],
		[{ input: "a", reference: "b" }, '{"input":"a","reference":"b"}'],
		[{ input: { a: 1 } }, '{"input":{"a":1}}'],
		[{ input: "" }, '{"input":""}'],
		[3, "3"],
		[false, "false"],
		["{cut", "{cut"],
		[["a"], '["a"]'],
		["", null],
		["  ", null],
		['""', null],
		["{}", null],
		[{}, null],
		[[], null],
		[null, null],
		[undefined, null],
	];

	it("shows what was said", () => {
		for (const [value, text] of CASES) expect(unwrapText(value), JSON.stringify(value)).toBe(text);
	});

	it("unwraps each well-known key when it is the only one", () => {
		for (const key of "input query question prompt text message content output answer result response".split(" ")) {
			expect(unwrapText({ [key]: "hi" })).toBe("hi");
			expect(unwrapText(JSON.stringify({ [key]: "hi" }))).toBe("hi");
		}
	});
});
