import { describe, expect, it } from "vitest";
import { normaliseFinishReason } from "@/lib/genai/messages/finish-reason";

const WORDS = {
	stop: ["stop", "STOP", "Stop", "end_turn", "stop_sequence", "completed", "complete", "COMPLETE", "eos_token"],
	length: ["length", "max_tokens", "MAX_TOKENS", "max_output_tokens", "model_length", "maxTokens"],
	tool_call: ["tool_calls", "tool-calls", "tool_call", "tool_use", "toolCalls", "function_call", "ToolUse"],
	content_filter: [
		...["content_filter", "content-filter", "SAFETY", "refusal", "guardrail_intervened", "BLOCKLIST"],
		...["PROHIBITED_CONTENT", "RECITATION", "ContentFilter"],
	],
	error: ["error", "failed", "ERROR", "MALFORMED_FUNCTION_CALL"],
	other: ["unknown", "other", "pause_turn", "cancelled", "constructor", "__proto__", "toString"],
};

describe("normaliseFinishReason()", () => {
	it("knows every provider's words in any case, and calls the others other", () => {
		for (const [reason, words] of Object.entries(WORDS)) {
			for (const word of words) expect(normaliseFinishReason(word), word).toBe(reason);
		}
	});

	it("reads enums, lists, JSON text of lists, commas and objects by their first word", () => {
		for (const spelling of [
			...[
				"FinishReason.STOP",
				"FINISH_REASON_STOP",
				" stop ",
				'["stop"]',
				'["STOP", "length"]',
				"stop, length",
				'"stop"',
			],
			...[["stop"], ["stop", "length"], [["stop"]], { unified: "stop", raw: "end_turn" }],
		]) {
			expect(normaliseFinishReason(spelling), JSON.stringify(spelling)).toBe("stop");
		}
	});

	it("says nothing where nothing is said", () => {
		for (const nothing of ["", "  ", "[]", "null", "None", null, undefined, [], {}, [null], 3, true, ",", '""']) {
			expect(normaliseFinishReason(nothing), JSON.stringify(nothing)).toBeNull();
		}
	});
});
