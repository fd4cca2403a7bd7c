import { readSpans } from "@/lib/traces/read-spans";
import type { TraceRows } from "@/lib/traces/read-trace-rows";
import type { TextSource } from "@/lib/traces/trace";

/** The texts that stand for a trace, in full; null where no span has one. */
export interface TraceTexts {
	input: string | null;
	output: string | null;
}

/** What a trace was asked and what it answered: of its spans only those are read whose texts stand for it. */
export async function readTraceTexts({ facts, inputSource, outputSource }: TraceRows): Promise<TraceTexts> {
	const spanIds = [...new Set([inputSource, outputSource].flatMap((source) => (source ? [source.spanId] : [])))];
	const spans = await readSpans({ projectId: facts.projectId ?? "", traceId: facts.traceId, spanIds });
	const textOf = (source: TextSource | null, side: "input" | "output") => {
		const span = spans.find(({ spanId }) => spanId === source?.spanId);
		if (!span) return null;
		return source?.from === "trace" ? span.trace[side] : span[`${side}Text`];
	};
	return { input: textOf(inputSource, "input"), output: textOf(outputSource, "output") };
}
