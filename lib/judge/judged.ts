import { attributesPlain } from "@/lib/span/any-value";
import { durationNanos, mergedAttributes, type Span, type SpanKind } from "@/lib/span/span";
import type { Usage } from "@/lib/span/usage";
import { nanosToMs } from "@/lib/time";

/** What an evaluator reads. */
export interface Judged {
	/** The judged span; of a judged trace its root. */
	span: Span;
	/** The trace it belongs to. */
	trace: {
		/** The texts that stand for the whole trace. */
		input: string | null;
		output: string | null;
		/** All of its spans, the judged one too. */
		spans: readonly Span[];
	};
}

/** One span as plain JSON. What is not known is null; a map that nobody filled is empty. */
export interface JudgedSpan {
	spanId: string;
	parentSpanId: string | null;
	name: string;
	kind: SpanKind;
	status: "ok" | "error";
	/** What a reader wants to read, else the raw text. */
	input: string | null;
	output: string | null;
	/** The one that answered, else the one that was asked for. */
	model: string | null;
	/** Of the span, over those of its resource. */
	attributes: Record<string, unknown>;
	metadata: Record<string, unknown>;
	usage: Usage | null;
	durationMs: number | null;
}

/** What an evaluator's code is given: the judged span, and as `spans` all of its trace in start order. */
export interface JudgedValue extends JudgedSpan {
	trace: { input: string | null; output: string | null };
	spans: JudgedSpan[];
}

export function judgedValue({ span, trace }: Judged): JudgedValue {
	const { input, output, spans } = trace;
	return { ...spanValue(span), trace: { input, output }, spans: inStartOrder(spans).map(spanValue) };
}

/** Unknown starts last, ties as given. */
export function inStartOrder(spans: readonly Span[]): Span[] {
	return [...spans].sort((a, b) => {
		const [left, right] = [a.startTimeUnixNano, b.startTimeUnixNano];
		if (left === right) return 0;
		if (left === null || right === null) return left === null ? 1 : -1;
		return left < right ? -1 : 1;
	});
}

/** What a reader sees of a span: some senders put a whole request as JSON where the raw text is read from. */
export const inputOf = (span: Span): string | null => span.inputText ?? span.input;
export const outputOf = (span: Span): string | null => span.outputText ?? span.output;
export const modelOf = (span: Span): string | null => span.responseModel ?? span.requestModel;

function spanValue(span: Span): JudgedSpan {
	const duration = durationNanos(span.startTimeUnixNano, span.endTimeUnixNano);
	return {
		spanId: span.spanId,
		parentSpanId: span.parentSpanId,
		name: span.name,
		kind: span.kind,
		status: span.status,
		input: inputOf(span),
		output: outputOf(span),
		model: modelOf(span),
		attributes: attributesPlain(mergedAttributes(span)),
		metadata: span.metadata ?? {},
		usage: span.usage,
		durationMs: duration === null ? null : nanosToMs(duration),
	};
}
