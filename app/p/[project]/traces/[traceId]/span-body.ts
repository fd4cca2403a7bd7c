import { clipText } from "@/app/_ui/clip-text";
import { newMessages, systemText } from "@/app/p/[project]/traces/[traceId]/new-messages";
import { wellFormed } from "@/app/p/[project]/traces/[traceId]/well-formed";
import { derive } from "@/lib/genai/derive";
import type { DerivedFields } from "@/lib/span/derived-fields";
import type { Message, Part } from "@/lib/span/message";
import type { StoredSpan } from "@/lib/traces/trace";

/** What the transcript shows of one span. Long texts are cut; the span itself has them whole. */
export interface SpanBody {
	/** Instructions, and whether they differ from those of the call before; null without any. */
	system: { text: string; changed: boolean } | null;
	/** How many messages of the input are left out because the call before had them. */
	earlier: number;
	/** Place of the first message of `input` among all. */
	from: number;
	input: Message[];
	output: Message[];
	toolName: string | null;
	/** As text when cut. */
	toolArguments: unknown;
	toolResult: unknown;
	inputText: string | null;
	outputText: string | null;
	error: string | null;
	/** Something of it is cut. */
	isCut: boolean;
}

const TEXT_CHARS_MAX = 16_000;
const LINE_CHARS = 600;

/** `previous`: the call before, to which the conversation is compared; undefined leaves nothing out. */
export function spanBody(span: StoredSpan, previous: StoredSpan | null | undefined): SpanBody {
	const derived = wellFormed(derive(span, span.logs));
	const cut = new Cutter();
	const input = derived.inputMessages ?? [];
	const before = previous ? wellFormed(derive(previous, previous.logs)) : null;
	const isWhole = previous === undefined;
	const fresh = isWhole ? { ...newMessages(input, []), earlier: 0 } : newMessages(input, before && historyOf(before));
	return {
		system:
			fresh.system === null
				? null
				: {
						text: cut.text(fresh.system),
						changed: before !== null && systemText(before.inputMessages ?? []) !== fresh.system,
					},
		earlier: fresh.earlier,
		from: fresh.from,
		input: fresh.messages.map((message) => cut.message(message)),
		output: (derived.outputMessages ?? []).map((message) => cut.message(message)),
		toolName: derived.toolName,
		toolArguments: cut.value(derived.toolArguments ?? null),
		toolResult: cut.value(derived.toolResult ?? null),
		inputText: derived.inputText && cut.line(derived.inputText),
		outputText: derived.outputText && cut.line(derived.outputText),
		error:
			derived.status === "error"
				? cut.line(derived.errorMessage || span.statusMessage || derived.errorType || "")
				: null,
		isCut: cut.happened,
	};
}

function historyOf({ inputMessages, outputMessages }: DerivedFields): Message[] {
	return [...(inputMessages ?? []), ...(outputMessages ?? [])];
}

class Cutter {
	happened = false;

	text(text: string): string {
		const { shown, cutChars } = clipText(text, TEXT_CHARS_MAX);
		if (cutChars === 0) return text;
		this.happened = true;
		return `${shown}…`;
	}

	/** For what is a line or two anyway, which is no cut to tell. */
	line(text: string): string {
		const { shown, cutChars } = clipText(text, LINE_CHARS);
		return cutChars === 0 ? text : `${shown}…`;
	}

	value(value: unknown): unknown {
		if (typeof value === "string") return this.text(value);
		if (value === null || typeof value !== "object") return value;
		const text = JSON.stringify(value);
		return text.length <= TEXT_CHARS_MAX ? value : this.text(text);
	}

	message(message: Message): Message {
		return { ...message, parts: message.parts.map((part) => this.#part(part)) };
	}

	#part(part: Part): Part {
		switch (part.type) {
			case "text":
			case "refusal":
				return { ...part, text: this.text(part.text) };
			case "reasoning":
				return part.text === undefined ? part : { ...part, text: this.text(part.text) };
			case "tool_call":
				return { ...part, arguments: this.value(part.arguments) };
			case "tool_result":
				return { ...part, result: this.value(part.result) };
			case "other":
				return { ...part, raw: this.value(part.raw) };
			default:
				return part.url === undefined ? part : { ...part, url: clipText(part.url).shown };
		}
	}
}
