import { clipText } from "@/app/_ui/clip-text";
import { nanosToMs } from "@/lib/time";
import type { TraceLine } from "@/lib/traces/trace";

const PREVIEW_CHARS = 300;
const METADATA_MAX = 8;
const METADATA_CHARS = 120;

/** What a line shows as it is. */
const SHOWN = [
	"traceId",
	"projectId",
	"name",
	"rootSpanName",
	"rootKind",
	"rootSeen",
	"progress",
	"status",
	"errorCount",
	"spanCount",
	"durationNano",
	"ttftMs",
	"usage",
	"costUsd",
	"costSplit",
	"unpricedSpans",
	"sessionId",
	"userId",
	"tags",
	"models",
	"environment",
	"release",
	"service",
	"hit",
] as const satisfies (keyof TraceLine)[];

type Shown = Pick<TraceLine, (typeof SHOWN)[number]>;

/** A trace as the table of traces gets it: no more of its texts than a line shows. */
export interface TraceRow extends Shown {
	/** Project and trace, apart by a blank. */
	key: string;
	href: string;
	/** Null when the list is of one project, or the trace of none. */
	projectName: string | null;
	/** Its start, else its arrival, in milliseconds since the epoch. */
	startMs: number;
	/** The first of its metadata: key and value as text. */
	metadata: (readonly [key: string, value: string])[];
	metadataCount: number;
	inputPreview: string | null;
	outputPreview: string | null;
}

/** What the table needs of a trace. */
export function traceRow(trace: TraceLine, href: string, projectName: string | null): TraceRow {
	const metadata = Object.entries(trace.metadata);
	return {
		...(Object.fromEntries(SHOWN.map((key) => [key, trace[key]])) as unknown as Shown),
		key: traceKey(trace),
		href,
		projectName,
		startMs: trace.startTimeUnixNano === null ? trace.createdAt.getTime() : nanosToMs(trace.startTimeUnixNano),
		metadata: metadata
			.slice(0, METADATA_MAX)
			.map(([key, value]) => [
				clipText(key, METADATA_CHARS).shown,
				clipText(typeof value === "string" ? value : (JSON.stringify(value) ?? ""), METADATA_CHARS).shown,
			]),
		metadataCount: metadata.length,
		inputPreview: clipped(trace.inputPreview),
		outputPreview: clipped(trace.outputPreview),
	};
}

/** Names a trace among those of several projects. */
export function traceKey({ projectId, traceId }: Pick<TraceLine, "projectId" | "traceId">): string {
	return `${projectId ?? ""} ${traceId}`;
}

function clipped(text: string | null): string | null {
	return text === null ? null : clipText(text, PREVIEW_CHARS).shown;
}
