import { describe, expect, it } from "vitest";
import { eventMessage } from "@/lib/genai/messages/event-message";
import { normaliseFinishReason } from "@/lib/genai/messages/finish-reason";
import { indexedMessages } from "@/lib/genai/messages/indexed-messages";
import { withSystem } from "@/lib/genai/messages/merge-system";
import { inputTextOf, outputTextOf, unwrapText } from "@/lib/genai/messages/message-text";
import { normaliseMessages } from "@/lib/genai/messages/normalise-messages";
import { retrievalDocuments } from "@/lib/genai/messages/retrieval-documents";
import { toolDefinitions } from "@/lib/genai/messages/tool-definitions";
import { FINISH_REASONS, type Message } from "@/lib/span/message";

const KEYS = [
	...[
		"role",
		"content",
		"parts",
		"type",
		"text",
		"message",
		"messages",
		"tool_calls",
		"function",
		"name",
		"id",
		"kwargs",
	],
	...[
		"arguments",
		"output",
		"input",
		"choices",
		"generations",
		"lc",
		"data",
		"image_url",
		"url",
		"source",
		"event.name",
	],
	...[
		"result",
		"toolUse",
		"toolResult",
		"finish_reason",
		"items",
		"system",
		"contents",
		"reasoning",
		"thinking",
		"audio",
	],
	...["documents", "metadata", "score", "function_declarations", "tools", "message_content", "tool_call", "call_id"],
	...["guardContent", "args", "additional_kwargs", "images", "value", "json", "constructor", "toString", "payload"],
];
const WORDS = [
	...["user", "assistant", "tool", "text", "tool_use", "tool_result", "function_call", "image", "reasoning", "message"],
	...[
		"constructor",
		"__proto__",
		"gen_ai.choice",
		"gen_ai.user.message",
		"data:image/png;base64,AA",
		"data:",
		"https://x.test",
	],
	...[
		'{"role":"user","content":"x"}',
		"[",
		'"',
		"",
		" ",
		"\0",
		"\ud800",
		"a\udfffb",
		"audio/wav",
		"json",
		"x".repeat(500),
	],
];

/** Small numbers that repeat for the same seed, so that a failure can be seen again. */
function dice(seed: number): (sides: number) => number {
	let state = seed;
	return (sides) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * sides);
	};
}

function anything(roll: (sides: number) => number, depth: number): unknown {
	const kind = roll(depth <= 0 ? 4 : 10);
	if (kind === 0) return [null, true, -1, 1e308, 0][roll(5)];
	if (kind <= 3) return WORDS[roll(WORDS.length)];
	const size = roll(5);
	if (kind <= 5) return Array.from({ length: size }, () => anything(roll, depth - 1));
	return Object.fromEntries(
		Array.from({ length: size }, () => [KEYS[roll(KEYS.length)] ?? "", anything(roll, depth - 1)] as const),
	);
}

const NULLABLE = new Set(["result", "raw", "arguments"]);

/** What is wrong with messages that should be as their type says, with no key that is null or undefined. */
function flaws(messages: readonly Message[]): string[] {
	const found: string[] = [];
	for (const { role, parts, finish_reason } of messages) {
		if (typeof role !== "string" || role === "") found.push("role");
		if (finish_reason !== undefined && !FINISH_REASONS.includes(finish_reason)) found.push("finish_reason");
		for (const part of parts) {
			for (const [key, value] of Object.entries(part)) {
				if (value === undefined || (value === null && !NULLABLE.has(key))) found.push(`${part.type}.${key}`);
			}
			if (part.type === "text" && (typeof part.text !== "string" || part.text === "")) found.push("text");
			if (part.type === "tool_call" && typeof part.name !== "string") found.push("tool_call.name");
			if ("id" in part && typeof part.id !== "string") found.push("id");
		}
	}
	return found;
}

function expectMessages(messages: readonly Message[]): void {
	const found = flaws(messages);
	if (found.length > 0) expect(found).toEqual([]);
}

function readEverything(value: unknown): void {
	for (const side of ["input", "output"] as const) {
		const messages = normaliseMessages(value, side);
		if (messages) {
			expect(messages.length).toBeGreaterThan(0);
			expectMessages(messages);
			inputTextOf(messages);
			outputTextOf(messages);
			expectMessages(withSystem(value, messages));
		}
	}
	const fields = typeof value === "object" && value !== null && !Array.isArray(value) ? value : { content: value };
	for (const name of ["gen_ai.user.message", "gen_ai.tool.message", "gen_ai.choice"]) {
		const event = eventMessage(name, fields as Record<string, unknown>);
		if (event) expectMessages([event.message]);
	}
	const leaves = new Map(Object.entries(fields).map(([key, leaf]) => [`message.${key}`, leaf as unknown]));
	for (const style of ["openinference", "traceloop"] as const) {
		expectMessages(indexedMessages(new Map([[0, leaves]]), style, "user"));
	}
	unwrapText(value);
	toolDefinitions(value);
	retrievalDocuments(value);
	normaliseFinishReason(value);
}

/** A value inside itself, `depth` times. */
function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
	let value: unknown = "x";
	for (let level = 0; level < depth; level++) value = wrap(value);
	return value;
}

describe("hostile content", () => {
	it("never throws, and yields well-formed messages, for 1,000 random values and their JSON text", () => {
		const roll = dice(20_261_107);
		for (let round = 0; round < 1000; round++) {
			const value = anything(roll, 6);
			readEverything(value);
			readEverything(JSON.stringify(value));
		}
	});

	it("reads every prefix of a cut conversation as text", () => {
		const whole = JSON.stringify([
			{ role: "user", content: "Hi \ud83d\ude00" },
			{ role: "tool", content: '{"a":"b"}' },
		]);
		for (let length = 1; length < whole.length; length++) {
			const cut = whole.slice(0, length);
			expect(normaliseMessages(cut, "input")).toEqual([{ role: "user", parts: [{ type: "text", text: cut }] }]);
		}
		expect(normaliseMessages(whole, "input")).toHaveLength(2);
	});

	it("survives nesting of every kind, structured and as text", () => {
		const wraps: ((inner: unknown) => unknown)[] = [
			(inner) => [inner],
			(inner) => ({ content: inner }),
			(inner) => ({ content: [inner] }),
			(inner) => ({ role: "user", content: inner }),
			(inner) => ({ role: "tool", content: inner }),
			(inner) => ({ messages: inner }),
			(inner) => ({ messages: [inner] }),
			(inner) => ({ input: inner, output: inner }),
			(inner) => ({ message: inner }),
			(inner) => ({ parts: [inner] }),
			(inner) => ({ lc: 1, kwargs: inner }),
			(inner) => ({ lc: 1, kwargs: { content: [inner] } }),
			(inner) => ({ type: "human", data: { content: inner } }),
			(inner) => ({ message_content: inner }),
			(inner) => ({ guardContent: { text: inner } }),
			(inner) => ({ type: "image", image: inner }),
			(inner) => ({ type: "tool_result", content: [inner, inner] }),
			(inner) => ({ tools: [inner] }),
			(inner) => ({ function: inner }),
			(inner) => ({ documents: [inner] }),
			(inner) => ({ document: inner }),
		];
		for (const wrap of wraps) {
			const doubles = JSON.stringify(wrap("@")).match(/@/g)?.length ?? 1;
			for (const depth of doubles > 1 ? [5, 12] : [31, 33, 100, 250]) {
				const value = nested(depth, wrap);
				readEverything(value);
				readEverything(JSON.stringify(value));
			}
		}
		for (const depth of [1000, 100_000]) readEverything("[".repeat(depth) + "]".repeat(depth));
		for (const depth of [1000, 100_000]) readEverything(`${'{"content":'.repeat(depth)}1${"}".repeat(depth)}`);
	});

	it("never pollutes a prototype, and keeps such keys as data", () => {
		const text =
			'{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"role":"user","content":[{"__proto__":{"type":"text","polluted":1}}]}';
		readEverything(text);
		readEverything(`[${text}]`);
		readEverything(`{"tools":{"__proto__":{"description":"x","parameters":{"__proto__":{"polluted":1}}}}}`);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		expect(JSON.stringify(normaliseMessages(text, "input"))).toContain("polluted");
	});

	it("keeps NUL and repairs lone surrogates where text leaves for a store", () => {
		const [message] = normaliseMessages('[{"role":"user","content":"a\\u0000b\\ud800c"}]', "input") ?? [];
		expect(message?.parts).toEqual([{ type: "text", text: "a\0b\ud800c" }]);
		expect(inputTextOf(message ? [message] : [])).toBe("a\0b\ufffdc");
		expect(unwrapText('{"text":"\\udfff"}')).toBe("\ufffd");
	});

	it("reads a message of a million characters, and one of very many calls", () => {
		const long = "x".repeat(1_000_000);
		expect(normaliseMessages({ role: "user", content: long }, "input")?.[0]?.parts).toEqual([
			{ type: "text", text: long },
		]);
		const tool_calls = Array.from({ length: 10_000 }, (_, index) => ({ id: `${index}`, function: { name: "f" } }));
		const parts = normaliseMessages({ role: "assistant", content: "x", tool_calls }, "output")?.[0]?.parts;
		expect(parts?.length).toBeLessThanOrEqual(2001);
		expect(parts?.at(-1)?.type).toBe("other");
		expect(JSON.stringify(parts)).toContain('"9999"');
	});
});
