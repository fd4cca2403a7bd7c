import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { type Sql, sql, tuples } from "@/lib/clickhouse/sql";
import { type TraceKey, traceKeyText } from "@/lib/traces/find-extents";
import { arrivedIn, linesIn, ofTraces, type Region } from "@/lib/traces/find-region";
import { latestSpans } from "@/lib/traces/latest-spans";
import type { TextSource, TraceFields } from "@/lib/traces/trace";

const PreviewRow = z.object({
	project_id: z.string(),
	trace_id: z.string(),
	span_id: z.string(),
	input_text: z.string(),
	output_text: z.string(),
	trace_input: z.string(),
	trace_output: z.string(),
});

/** How much of a text is read: 300 characters, which the lines of lists have ready, or a thousand. */
export type PreviewSize = "line" | "page";

/** How a trace's input and output begin; null where it has none. */
export interface Previews {
	input: string | null;
	output: string | null;
}

type Sources = TraceKey & { fields: Pick<TraceFields, "inputSource" | "outputSource"> };

/** How the texts begin that stand for each of the traces, which all lie in the region; by `traceKeyText`. */
export async function readPreviews(
	traces: readonly Sources[],
	region: Region,
	size: PreviewSize,
): Promise<Map<string, Previews>> {
	const chosen = traces.flatMap(({ projectId, traceId, fields }) =>
		[fields.inputSource, fields.outputSource]
			.filter((source) => source !== null)
			.map(({ spanId }) => [projectId, traceId, spanId]),
	);
	if (chosen.length === 0) return new Map();
	const rows = await query({
		name: "read trace previews",
		isSmall: true,
		sql: size === "line" ? headsOf(traces, chosen, region) : beginningsOf(chosen, region),
		row: PreviewRow,
	});
	const bySpan = new Map(rows.map((row) => [`${row.project_id} ${row.trace_id} ${row.span_id}`, row]));
	const textOf = (key: TraceKey, source: TextSource | null, side: "input" | "output") => {
		const row = source && bySpan.get(`${traceKeyText(key)} ${source.spanId}`);
		return (row && (source.from === "trace" ? row[`trace_${side}`] : row[`${side}_text`])) || null;
	};
	return new Map(
		traces.map((trace) => [
			traceKeyText(trace),
			{
				input: textOf(trace, trace.fields.inputSource, "input"),
				output: textOf(trace, trace.fields.outputSource, "output"),
			},
		]),
	);
}

function headsOf(traces: readonly TraceKey[], chosen: readonly string[][], region: Region): Sql {
	return sql`
		SELECT project_id, trace_id, span_id, input_head AS input_text, output_head AS output_text,
			trace_input_head AS trace_input, trace_output_head AS trace_output
		FROM spans_by_time FINAL
		WHERE ${linesIn(region)} AND ${ofTraces(traces)}
			AND (project_id, trace_id, span_id) IN ${tuples(chosen)}`;
}

// Long texts are read from the attributes, which `spans` alone has.
function beginningsOf(chosen: readonly string[][], { arrived }: Region): Sql {
	const columns = sql`project_id, trace_id, span_id, trace_input, trace_output, expires_at,
		whole_input_text AS input_text, whole_output_text AS output_text`;
	return sql`
		SELECT project_id, trace_id, span_id,
			leftUTF8(texts.input_text, 1000) AS input_text,
			leftUTF8(texts.output_text, 1000) AS output_text,
			leftUTF8(texts.trace_input, 1000) AS trace_input,
			leftUTF8(texts.trace_output, 1000) AS trace_output
		FROM ${latestSpans(columns, sql`(project_id, trace_id, span_id) IN ${tuples(chosen)} AND ${arrivedIn(arrived)}`)} AS texts`;
}
