import { describe, expect, it } from "vitest";
import { type InlineMediaPart, normaliseParts, packedParts } from "@/lib/genai/messages/normalise-parts";
import type { Part } from "@/lib/span/message";

const PNG = "iVBORw0KGgo=";

/** Every spelling of one part, by the canonical part it means. */
const SPELLINGS: [Part, unknown[]][] = [
	[
		{ type: "text", text: "hi" },
		[
			"hi",
			{ type: "text", content: "hi" },
			{ type: "text", text: "hi" },
			{ type: "text", text: { value: "hi", annotations: [] } },
			{ type: "input_text", text: "hi" },
			{ type: "output_text", text: "hi", annotations: [] },
			{ text: "hi" },
			{ text: "hi", functionCall: null, inlineData: null },
			{ $type: "text", text: "hi" },
			{ part_kind: "user-prompt", content: "hi" },
			{ message_content: { type: "text", text: "hi" } },
			{ guardContent: { text: { text: "hi", qualifiers: ["query"] } } },
			{ type: "audio_content", transcript: "hi" },
		],
	],
	[
		{ type: "reasoning", text: "hmm" },
		[
			{ type: "reasoning", content: "hmm" },
			{ type: "reasoning", text: "hmm" },
			{ type: "reasoning", reasoning: "hmm" },
			{ type: "reasoning", summary: [{ type: "summary_text", text: "hmm" }] },
			{ type: "reasoning", summary: [], content: [{ type: "reasoning_text", text: "hmm" }] },
			{ type: "thinking", thinking: "hmm" },
			{ type: "thinking", content: "hmm" },
			{ type: "thinking", content: "hmm", signature: "" },
			{ text: "hmm", thought: true },
			{ reasoningContent: { reasoningText: { text: "hmm" } } },
			{ reasoningContent: { reasoningText: "hmm" } },
			{ reasoning: "hmm" },
			{ reasoning: { reasoning_text: "hmm", extra: {} } },
			{ message_content: { type: "reasoning", text: "hmm" } },
		],
	],
	[
		{ type: "reasoning", text: "hmm", signature: true },
		[
			{ type: "thinking", thinking: "hmm", signature: "c2ln" },
			{ reasoningContent: { reasoningText: { text: "hmm", signature: "c2ln" } } },
			{ type: "reasoning", text: "hmm", providerOptions: { anthropic: { signature: "c2ln" } } },
			{ text: "hmm", thought: true, thoughtSignature: "c2ln" },
		],
	],
	[
		{ type: "reasoning", signature: true },
		[
			{ type: "redacted_thinking", data: "ZW5j" },
			{ type: "thinking", thinking: "", signature: "c2ln" },
			{ type: "reasoning", summary: [], encrypted_content: "gAAAA" },
			{ reasoningContent: { redactedContent: "ZW5j" } },
			{ type: "reasoning", text: "", providerMetadata: { anthropic: { redactedData: "ZW5j" } } },
			{ message_content: { type: "reasoning", encrypted_content: "gAAAA" } },
		],
	],
	[{ type: "reasoning" }, [{ type: "reasoning", id: "rs_1", summary: [] }]],
	[
		{ type: "tool_call", id: "c1", name: "weather", arguments: { city: "Rome" } },
		[
			{ type: "tool_call", id: "c1", name: "weather", arguments: { city: "Rome" } },
			{ type: "tool_call", id: "c1", name: "weather", arguments: '{"city":"Rome"}' },
			{ type: "function", id: "c1", function: { name: "weather", arguments: '{"city": "Rome"}' } },
			{ id: "c1", function: { name: "weather", arguments: { city: "Rome" } } },
			{ type: "tool-call", toolCallId: "c1", toolName: "weather", input: { city: "Rome" } },
			{ type: "tool-call", toolCallId: "c1", toolName: "weather", args: { city: "Rome" } },
			{ type: "tool-call", payload: { toolCallId: "c1", toolName: "weather", args: { city: "Rome" } } },
			{ toolCallType: "function", toolCallId: "c1", toolName: "weather", args: '{"city":"Rome"}' },
			{ type: "tool_use", id: "c1", name: "weather", input: { city: "Rome" } },
			{ type: "server_tool_use", id: "c1", name: "weather", input: { city: "Rome" } },
			{ toolUse: { toolUseId: "c1", name: "weather", input: { city: "Rome" } } },
			{ functionCall: { id: "c1", name: "weather", args: { city: "Rome" } } },
			{ function_call: { id: "c1", name: "weather", args: { city: "Rome" } } },
			{ tool_call: { tool_name: "weather", arguments: { city: "Rome" }, id: "c1" } },
			{ tool_call: { id: "c1", function: { name: "weather", arguments: '{"city":"Rome"}' } } },
			{ toolRequest: { ref: "c1", name: "weather", input: { city: "Rome" } } },
			{ type: "tool_call", tool_call: { id: "c1", name: "weather", arguments: { city: "Rome" } } },
			{ type: "function_call", id: "fc_9", call_id: "c1", name: "weather", arguments: '{"city":"Rome"}' },
			{ type: "server_tool_call", id: "c1", name: "weather", server_tool_call: { type: "w", city: "Rome" } },
			{ part_kind: "tool-call", tool_name: "weather", args: '{"city":"Rome"}', tool_call_id: "c1" },
			{ $type: "functionCall", callId: "c1", name: "weather", arguments: { city: "Rome" } },
		],
	],
	[
		{ type: "tool_call", name: "now" },
		[{ functionCall: { name: "now" } }, { type: "tool_use", name: "now", input: null }],
	],
	[
		{ type: "tool_call", id: "c1", name: "say", arguments: '{"text": "cut of' },
		[{ type: "tool_call", id: "c1", name: "say", arguments: '{"text": "cut of' }],
	],
	[
		{ type: "tool_result", id: "c1", name: "weather", result: { t: 20 } },
		[
			{ type: "tool_call_response", id: "c1", name: "weather", response: { t: 20 } },
			{ type: "tool_call_response", id: "c1", name: "weather", result: { t: 20 } },
			{ type: "tool_call_response", id: "c1", name: "weather", response: '{"t":20}' },
			{ type: "tool-result", toolCallId: "c1", toolName: "weather", output: { type: "json", value: { t: 20 } } },
			{ type: "tool-result", toolCallId: "c1", toolName: "weather", result: { t: 20 } },
			{ type: "tool-result", payload: { toolCallId: "c1", toolName: "weather", result: { t: 20 } } },
			{ toolResult: { toolUseId: "c1", name: "weather", content: [{ json: { t: 20 } }], status: "success" } },
			{ functionResponse: { id: "c1", name: "weather", response: { t: 20 } } },
			{ function_response: { id: "c1", name: "weather", response: { t: 20 } } },
			{
				tool_call_result: {
					result: '{"t":20}',
					origin: { tool_name: "weather", id: "c1", arguments: {} },
					error: false,
				},
			},
			{ toolResponse: { ref: "c1", name: "weather", output: { t: 20 } } },
			{ type: "function_call_output", call_id: "c1", name: "weather", output: '{"t":20}', is_error: false },
			{ part_kind: "tool-return", tool_call_id: "c1", tool_name: "weather", content: { t: 20 } },
		],
	],
	[
		{ type: "tool_result", id: "c1", result: "cold" },
		[
			{ type: "tool_result", tool_use_id: "c1", content: "cold" },
			{ type: "tool_result", tool_use_id: "c1", content: [{ type: "text", text: "cold" }], is_error: false },
			{ toolResult: { toolUseId: "c1", content: [{ text: "cold" }] } },
			{ type: "tool-result", toolCallId: "c1", output: { type: "text", value: "cold" } },
			{ type: "tool-result", toolCallId: "c1", output: { type: "content", value: [{ type: "text", text: "cold" }] } },
			{ type: "tool_call_response", id: "c1", response: '"cold"' },
		],
	],
	[
		{ type: "tool_result", id: "c1", result: "boom", is_error: true },
		[
			{ type: "tool_result", tool_use_id: "c1", content: "boom", is_error: true },
			{ type: "tool-result", toolCallId: "c1", result: "boom", isError: true },
			{ type: "tool-result", toolCallId: "c1", output: { type: "error-text", value: "boom" } },
			{ type: "tool-error", toolCallId: "c1", input: {}, error: "boom" },
			{ toolResult: { toolUseId: "c1", content: [{ text: "boom" }], status: "error" } },
			{ tool_call_result: { result: "boom", origin: { id: "c1" }, error: true } },
		],
	],
	[
		{ type: "tool_result", id: "c1", result: "a\nb" },
		[
			{
				type: "tool_result",
				tool_use_id: "c1",
				content: [
					{ type: "text", text: "a" },
					{ type: "text", text: "b" },
				],
			},
		],
	],
	[
		{ type: "image", mime: "image/png", data_ref: true },
		[
			{ type: "image_url", image_url: { url: `data:image/png;base64,${PNG}` } },
			{ type: "image_url", image_url: `data:image/png;base64,${PNG}` },
			{ type: "input_image", image_url: `data:image/png;base64,${PNG}` },
			{ type: "image", source: { type: "base64", media_type: "image/png", data: PNG } },
			{ type: "image", image: PNG, mediaType: "image/png" },
			{ type: "image", image: `data:image/png;base64,${PNG}` },
			{ type: "image", image: { type: "Buffer", data: [137, 80] }, mimeType: "image/png" },
			{ type: "image", image: { 0: 137, 1: 80 }, mimeType: "image/png" },
			{ type: "image", source_type: "base64", mime_type: "image/png", data: PNG },
			{ type: "file", mediaType: "image/png", data: PNG },
			{ mediaType: "image/png", base64: PNG },
			{ type: "blob", modality: "image", mime_type: "image/png", content: PNG },
			{ inlineData: { mimeType: "image/png", data: PNG } },
			{ inline_data: { mime_type: "image/png", data: PNG } },
			{ media: { url: `data:image/png;base64,${PNG}`, contentType: "image/png" } },
			{ media: { url: `data:image/png;base64,${PNG}` } },
			{ image: { format: "png", source: { bytes: PNG } } },
			{ image: { base64_image: PNG, mime_type: "image/png" } },
			{ type: "binary", media_type: "image/png", content: PNG },
			{ type: "image_content", image: `data:image/png;base64,${PNG}` },
			{ message_content: { type: "image", image: { image: { url: `data:image/png;base64,${PNG}` } } } },
		],
	],
	[
		{ type: "image", url: "https://x.test/a.png" },
		[
			{ type: "image_url", image_url: { url: "https://x.test/a.png", detail: "low" } },
			{ type: "image", source: { type: "url", url: "https://x.test/a.png" } },
			{ type: "image", image: "https://x.test/a.png" },
			{ type: "image-url", url: "https://x.test/a.png" },
			{ type: "uri", modality: "image", uri: "https://x.test/a.png" },
			{ type: "image", image: { image: { url: "https://x.test/a.png" } } },
		],
	],
	[
		{ type: "audio", mime: "audio/wav", data_ref: true },
		[
			{ type: "input_audio", input_audio: { data: "UklGRg==", format: "wav" } },
			{ type: "blob", modality: "audio", mime_type: "audio/wav", content: "UklGRg==" },
			{ type: "file", data: "UklGRg==", mediaType: "audio/wav" },
			{ type: "audio", audio: { audio: { url: "data:audio/wav;base64,UklGRg==", mime_type: "audio/wav" } } },
		],
	],
	[
		{ type: "video", mime: "video/mp4", url: "s3://b/v.mp4" },
		[
			{ video: { format: "mp4", source: { s3Location: { uri: "s3://b/v.mp4" } } } },
			{ fileData: { mimeType: "video/mp4", fileUri: "s3://b/v.mp4" } },
			{ type: "media", mime_type: "video/mp4", file_uri: "s3://b/v.mp4" },
		],
	],
	[
		{ type: "file", mime: "application/pdf", data_ref: true },
		[
			{ type: "file", mediaType: "application/pdf", data: "JVBERi0=" },
			{ type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,JVBERi0=" } },
			{ type: "input_file", file_data: "data:application/pdf;base64,JVBERi0=" },
			{ type: "document", source: { type: "base64", media_type: "application/pdf", data: "JVBERi0=" } },
			{ document: { format: "pdf", name: "a", source: { bytes: "JVBERi0=" } } },
			{ type: "blob", modality: "document", mime_type: "application/pdf", content: "JVBERi0=" },
		],
	],
	[
		{ type: "file", file_id: "file_9" },
		[
			{ type: "file", file: { file_id: "file_9" } },
			{ type: "file", modality: "file", file_id: "file_9" },
			{ type: "input_file", file_id: "file_9" },
			{ type: "document", source: { type: "file", file_id: "file_9" } },
			{ type: "container_upload", file_id: "file_9" },
		],
	],
	[
		{ type: "refusal", text: "no" },
		[{ type: "refusal", refusal: "no" }, { type: "refusal", content: "no" }, { refusal: "no" }],
	],
];

describe("normaliseParts()", () => {
	for (const [part, spellings] of SPELLINGS) {
		it(`reads each of ${spellings.length} spellings of ${JSON.stringify(part)}`, () => {
			for (const spelling of spellings)
				expect(normaliseParts([spelling]), JSON.stringify(spelling)).toStrictEqual([part]);
			for (const spelling of spellings)
				expect(normaliseParts(spelling), JSON.stringify(spelling)).toStrictEqual([part]);
		});
	}

	it("reads a call and its result where one item holds both", () => {
		const call = { type: "tool_call", id: "c1", name: "weather", arguments: { city: "Rome" } };
		const result = { type: "tool_result", id: "c1", name: "weather", result: { t: 20 } };
		for (const item of [
			{ type: "mcp_call", id: "c1", name: "weather", arguments: '{"city":"Rome"}', output: '{"t":20}', error: null },
			{ type: "tool-weather", toolCallId: "c1", state: "output-available", input: { city: "Rome" }, output: { t: 20 } },
			{ type: "dynamic-tool", toolName: "weather", toolCallId: "c1", input: { city: "Rome" }, output: { t: 20 } },
			{
				type: "tool-invocation",
				toolInvocation: {
					state: "result",
					toolCallId: "c1",
					toolName: "weather",
					args: { city: "Rome" },
					result: { t: 20 },
				},
			},
		]) {
			expect(normaliseParts([item]), item.type).toStrictEqual([call, result]);
		}
		const pending = { type: "tool-weather", toolCallId: "c1", state: "input-available", input: { city: "Rome" } };
		expect(normaliseParts([pending])).toStrictEqual([call]);
	});

	it("drops empty text, empty reasoning and nothing", () => {
		for (const nothing of [
			"",
			null,
			undefined,
			{ text: "" },
			{ type: "text", content: "" },
			{ type: "text", text: null },
		]) {
			expect(normaliseParts([nothing])).toEqual([]);
		}
		expect(normaliseParts([{ type: "reasoning", content: "" }])).toEqual([]);
		expect(normaliseParts([" "])).toEqual([{ type: "text", text: " " }]);
		expect(normaliseParts([])).toEqual([]);
		expect(normaliseParts(null)).toEqual([]);
	});

	it("keeps what it does not know as it came", () => {
		const unknown = [
			{ type: "compaction", id: "x", content: "sum" },
			{ type: "generic", text: "not ours" },
			{ type: "image" },
			{ type: "step-start" },
			{ cachePoint: { type: "default" } },
			{ type: 5, text: { a: 1 } },
			{ type: "constructor" },
			["a", "b"],
			{},
		];
		for (const raw of unknown) expect(normaliseParts([raw])).toStrictEqual([{ type: "other", raw }]);
	});

	it("carries bytes only where media are asked for inline, as base64 however they were sent", () => {
		const spellings: [unknown, string][] = [
			[{ type: "image_url", image_url: { url: `data:image/png;base64,${PNG}` } }, PNG],
			[{ type: "blob", modality: "audio", content: PNG }, PNG],
			[{ inlineData: { mimeType: "image/png", data: PNG } }, PNG],
			[{ type: "image", image: { type: "Buffer", data: [104, 105] } }, "aGk="],
			[{ type: "image", image: { 0: 104, 1: 105 } }, "aGk="],
			[{ type: "image_url", image_url: "data:image/svg+xml,%3Csvg%2F%3E" }, Buffer.from("<svg/>").toString("base64")],
			[{ type: "image_url", image_url: "data:text/plain,100%" }, Buffer.from("100%").toString("base64")],
			[{ type: "document", source: { type: "text", media_type: "text/plain", data: "hi" } }, "aGk="],
		];
		for (const [spelling, data] of spellings) {
			const [referred] = normaliseParts([spelling]);
			const [inline] = normaliseParts([spelling], { media: "inline" }) as InlineMediaPart[];
			expect(referred).toHaveProperty("data_ref", true);
			expect(JSON.stringify(referred)).not.toContain(data);
			expect(inline).toStrictEqual({ ...referred, data });
		}
		const [byUrl] = normaliseParts([{ type: "image", image: "https://x.test/a" }], { media: "inline" });
		expect(byUrl).toStrictEqual({ type: "image", url: "https://x.test/a" });
	});

	it("takes the bytes out of a tool's result and leaves its other blocks as sent", () => {
		const text = { type: "text", text: "see" };
		const image = { type: "image", source: { type: "base64", media_type: "image/png", data: PNG } };
		expect(normaliseParts([{ type: "tool_result", tool_use_id: "c1", content: [text, image] }])).toStrictEqual([
			{ type: "tool_result", id: "c1", result: [text, { type: "image", mime: "image/png", data_ref: true }] },
		]);
		const rows = [
			{ text: "a", score: 1 },
			{ text: "b", score: 2 },
		];
		expect(normaliseParts([{ type: "tool_call_response", id: "c1", response: rows }])).toStrictEqual([
			{ type: "tool_result", id: "c1", result: rows },
		]);
	});

	it("reads the transcript beside a sound", () => {
		const audio = { type: "input_audio", input_audio: { data: "AA==", format: "mp3" }, transcript: "hello" };
		expect(normaliseParts([audio])).toStrictEqual([
			{ type: "audio", mime: "audio/mpeg", data_ref: true },
			{ type: "text", text: "hello" },
		]);
	});

	it("reads 2,000 pieces and keeps the rest as one", () => {
		const pieces = Array.from({ length: 2003 }, (_, index) => ({ text: `${index}` }));
		const parts = normaliseParts(pieces);
		expect(parts).toHaveLength(2001);
		expect(parts[1999]).toEqual({ type: "text", text: "1999" });
		expect(parts[2000]).toEqual({ type: "other", raw: pieces.slice(2000) });
	});
});

describe("packedParts()", () => {
	it("reads JSON text of a list of known pieces", () => {
		expect(packedParts('[{"text":"a"},{"toolUse":{"toolUseId":"t","name":"n","input":{}}}]')).toEqual([
			{ type: "text", text: "a" },
			{ type: "tool_call", id: "t", name: "n", arguments: {} },
		]);
	});

	it("leaves every other text alone", () => {
		for (const text of [
			"hi",
			"[1,2]",
			"[]",
			'[{"a":1}]',
			'{"text":"a"}',
			'["a"]',
			'[{"text":"cut',
			"",
			'[{"text":"a"},{"b":1}]',
		]) {
			expect(packedParts(text), text).toBeNull();
		}
	});
});
