import { clipText } from "@/app/_ui/clip-text";
import { reportedJson } from "@/app/p/[project]/traces/[traceId]/reported-json";
import { type SpanBody, spanBody } from "@/app/p/[project]/traces/[traceId]/span-body";
import { readSpans } from "@/lib/traces/read-spans";

/** A span as it was reported, or the beginning of it. */
export interface RawBody {
	text: string;
	cutChars: number;
}

interface Trace {
	projectId: string;
	traceId: string;
}

/** A span, and the call before it: null for none, undefined where nothing is to be left out. */
export type AskedBody = readonly [spanId: string, previous: string | null | undefined];

/** What the transcript shows of the given spans, by span id. Spans that are not there are absent. */
export async function transcriptBodies(trace: Trace, asked: readonly AskedBody[]): Promise<Record<string, SpanBody>> {
	const spanIds = new Set(asked.flatMap(([spanId, previous]) => (previous ? [spanId, previous] : [spanId])));
	const spans = await readSpans({ ...trace, spanIds: [...spanIds] });
	const byId = new Map(spans.map((span) => [span.spanId, span]));
	return Object.fromEntries(
		asked.flatMap(([spanId, previous]) => {
			const span = byId.get(spanId);
			return span
				? [[spanId, spanBody(span, typeof previous === "string" ? (byId.get(previous) ?? null) : previous)]]
				: [];
		}),
	);
}

/** The JSON of the given spans, by span id. */
export async function rawBodies(trace: Trace, spanIds: readonly string[]): Promise<Record<string, RawBody>> {
	const spans = await readSpans({ ...trace, spanIds });
	return Object.fromEntries(
		spans.map((span) => {
			const { shown, cutChars } = clipText(reportedJson(span).toWellFormed());
			return [span.spanId, { text: shown, cutChars }];
		}),
	);
}
