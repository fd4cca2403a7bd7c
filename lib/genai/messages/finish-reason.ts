import { isRecord, parseLoose } from "@/lib/genai/messages/json-value";
import type { FinishReason } from "@/lib/span/message";

/** Words by their letters alone, so that `tool_calls`, `tool-calls` and `toolCalls` are one entry. */
const REASONS: ReadonlyMap<string, FinishReason> = new Map(
	Object.entries({
		stop: [
			"stop",
			"stopped",
			"endturn",
			"stopsequence",
			"completed",
			"complete",
			"eos",
			"eostoken",
			"finished",
			"finish",
		],
		length: [
			"length",
			"maxlength",
			"maxtokens",
			"maxoutputtokens",
			"maxcompletiontokens",
			"modellength",
			"modelcontextwindowexceeded",
		],
		tool_call: ["toolcall", "toolcalls", "tooluse", "functioncall", "functioncalls", "toolexecution"],
		content_filter: [
			"contentfilter",
			"contentfiltered",
			"safety",
			"imagesafety",
			"refusal",
			"guardrailintervened",
			"blocklist",
			"blocked",
			"prohibitedcontent",
			"imageprohibitedcontent",
			"recitation",
			"imagerecitation",
			"spii",
			"errortoxic",
		],
		error: ["error", "failed", "failure", "malformedfunctioncall", "malformedtooluse", "malformedmodeloutput"],
	} satisfies Partial<Record<FinishReason, string[]>>).flatMap(([reason, words]) =>
		words.map((word) => [word, reason as FinishReason] as const),
	),
);

const NOTHING = new Set(["", "null", "none", "undefined", "na"]);
const WORD_MAX = 100;

/**
 * Why a model stopped, in our words. Reads a word in any case and spelling, an enum such as `FinishReason.STOP`, a list, a
 * list as JSON text and words with commas, of which the first counts, and `{unified}` of the AI SDK. Null when nothing is said.
 */
export function normaliseFinishReason(raw: unknown): FinishReason | null {
	for (let value = raw, level = 0; level < 4; level++) {
		if (Array.isArray(value)) value = value[0];
		else if (isRecord(value)) value = value.unified ?? value.raw ?? value.type;
		else if (typeof value === "string") {
			const { value: inner, parsed } = parseLoose(value);
			if (!parsed) return reasonOf(value);
			value = inner;
		} else return null;
	}
	return null;
}

function reasonOf(text: string): FinishReason | null {
	const plain = REASONS.get(text);
	if (plain !== undefined) return plain;
	const [first = ""] = text.slice(0, WORD_MAX).split(",", 1);
	const word = first
		.slice(first.lastIndexOf(".") + 1)
		.toLowerCase()
		.replace(/[^a-z]/g, "")
		.replace(/^finishreason/, "");
	return NOTHING.has(word) ? null : (REASONS.get(word) ?? "other");
}
