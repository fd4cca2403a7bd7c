import type { SpanLine } from "@/lib/traces/list-span-lines";

/** A span as the table of spans gets it. */
export interface SpanRow extends SpanLine {
	/** Project, trace and span, apart by blanks. */
	key: string;
	href: string;
	/** Null when the list is of one project, or the span of none. */
	projectName: string | null;
}

/** What the table needs of a span. */
export function spanRow(span: SpanLine, base: string, projectName: string | null): SpanRow {
	return {
		...span,
		projectName,
		key: `${span.projectId ?? ""} ${span.traceId} ${span.spanId}`,
		href: `${base}/traces/${span.traceId}?span=${span.spanId}`,
	};
}
