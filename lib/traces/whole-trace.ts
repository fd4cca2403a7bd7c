import { deriveTrace } from "@/lib/traces/derive-trace";
import type { StoredSpan, TextSource } from "@/lib/traces/trace";

/** The texts that stand for a trace, in full, and the span that stands for it. */
export interface WholeTrace {
	root: StoredSpan;
	input: string | null;
	output: string | null;
	spans: readonly StoredSpan[];
}

/** Reads a trace as a whole from its spans; null when there are none. */
export function wholeTrace(spans: readonly StoredSpan[]): WholeTrace | null {
	if (spans.length === 0) return null;
	const { rootSpanId, inputSource, outputSource } = deriveTrace(
		spans.map((span) => ({
			...span,
			service: null,
			hasInputText: hasText(span.inputText),
			hasOutputText: hasText(span.outputText),
			trace: { ...span.trace, hasInput: hasText(span.trace.input), hasOutput: hasText(span.trace.output) },
		})),
	);
	const find = (spanId: string) => spans.find((span) => span.spanId === spanId);
	const textOf = (source: TextSource | null, side: "input" | "output") => {
		const span = source && find(source.spanId);
		if (!span) return null;
		return source.from === "trace" ? span.trace[side] : span[`${side}Text`];
	};
	const root = find(rootSpanId);
	return root ? { root, input: textOf(inputSource, "input"), output: textOf(outputSource, "output"), spans } : null;
}

function hasText(text: string | null): boolean {
	return text !== null && text !== "";
}
