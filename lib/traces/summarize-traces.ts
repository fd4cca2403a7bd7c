import { z } from "zod";
import { type Columns, queryColumns } from "@/lib/clickhouse/query-columns";
import { sql } from "@/lib/clickhouse/sql";
import { joinMetadata, textMap } from "@/lib/traces/attribute-columns";
import { type CostSplit, splitCost } from "@/lib/traces/cost-split";
import { deriveTrace } from "@/lib/traces/derive-trace";
import type { ExtentsOf } from "@/lib/traces/extents-once";
import { extremes } from "@/lib/traces/extremes";
import { findExtents, type TraceExtent, type TraceKey, traceKeyText } from "@/lib/traces/find-extents";
import { linesIn, ofTraces, regionOf } from "@/lib/traces/find-region";
import { type PreviewSize, type Previews, readPreviews } from "@/lib/traces/read-previews";
import { costPartsAt, SKELETON_CELLS, SKELETON_SELECT, spanAt } from "@/lib/traces/skeleton-columns";
import { utc } from "@/lib/traces/span-row";
import type { TraceFields, TraceSummary } from "@/lib/traces/trace";
import { traceProgress } from "@/lib/traces/trace-progress";
import type { TraceSpan } from "@/lib/traces/trace-span";

// A page of traces, one of which may have 50,000 spans.
const SKELETON_ROWS_MAX = 1_000_000;

const CELLS = {
	...SKELETON_CELLS,
	project_id: z.string(),
	trace_id: z.string(),
	metadata: textMap,
	metadata_values: textMap,
	trace_metadata: textMap,
	trace_metadata_values: textMap,
};
type LineColumns = Columns<typeof CELLS>;

type DerivedTrace = TraceKey & {
	fields: TraceFields;
	costSplit: CostSplit | null;
	/** As ClickHouse prints moments: of its spans' arrivals and ends. */
	arrived: { first: string; last: string };
	expires: { first: string; last: string };
};

/** Reading a large trace takes seconds of CPU, and lists are asked for again and again: the last ones are remembered. */
const KEPT_SPANS_MIN = 1000;
const KEPT_MAX = 200;
const kept = new Map<string, DerivedTrace>();

interface Options {
	previews?: PreviewSize;
	/** Of a caller who has asked for them already. */
	extentsOf?: ExtentsOf;
	now?: () => Date;
}

/**
 * Summaries of the given traces, from their deduplicated spans, in the order of the keys; a trace without live spans
 * is absent. Content is read of the spans only whose texts stand for their trace.
 */
export async function summarizeTraces(
	keys: readonly TraceKey[],
	{ previews: size = "line", extentsOf = findExtents, now = () => new Date() }: Options = {},
): Promise<TraceSummary[]> {
	const extents = await extentsOf(keys);
	const region = regionOf(keys, [...extents.values()]);
	if (!region) return [];
	const traces = await deriveTraces(keys, extents, now());
	const previews = await readPreviews(traces, region, size);
	return traces.map((trace) => summaryOf(trace, previews.get(traceKeyText(trace)), now()));
}

async function deriveTraces(
	keys: readonly TraceKey[],
	extents: ReadonlyMap<string, TraceExtent>,
	now: Date,
): Promise<DerivedTrace[]> {
	// Another one whenever a span arrives or is stored anew. What expires in part is not remembered for longer than that.
	const versionOf = (key: TraceKey) => `${traceKeyText(key)} ${extents.get(traceKeyText(key))?.arrived.last}`;
	const known = new Map<string, DerivedTrace>();
	for (const key of keys) {
		const trace = kept.get(versionOf(key));
		if (trace && utc(trace.expires.first) > now) known.set(traceKeyText(key), trace);
	}
	const unknown = keys.filter((key) => extents.has(traceKeyText(key)) && !known.has(traceKeyText(key)));
	for (const trace of await readTraces(unknown, extents)) {
		known.set(traceKeyText(trace), trace);
		if (trace.fields.spanCount >= KEPT_SPANS_MIN) keep(versionOf(trace), trace);
	}
	return keys.flatMap((key) => known.get(traceKeyText(key)) ?? []);
}

function keep(version: string, trace: DerivedTrace): void {
	kept.set(version, trace);
	const [oldest] = kept.keys();
	if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
}

async function readTraces(
	keys: readonly TraceKey[],
	extents: ReadonlyMap<string, TraceExtent>,
): Promise<DerivedTrace[]> {
	const region = regionOf(
		keys,
		keys.flatMap((key) => extents.get(traceKeyText(key)) ?? []),
	);
	if (!region) return [];
	const columns = await queryColumns({
		name: "read trace skeletons",
		sql: sql`
			SELECT ${SKELETON_SELECT}, project_id, trace_id, metadata, metadata_values, trace_metadata, trace_metadata_values
			FROM spans_by_time FINAL
			WHERE ${linesIn(region)} AND ${ofTraces(keys)}`,
		cells: CELLS,
		rowsMax: SKELETON_ROWS_MAX,
	});
	const byTrace = rowsByTrace(columns);
	return keys.flatMap((key) => {
		const rows = byTrace.get(traceKeyText(key));
		if (!rows) return [];
		const places = [...rows.values()];
		const fields = deriveTrace(places.map((place) => traceSpan(columns, place)));
		return {
			...key,
			fields,
			costSplit: splitCost(
				places.map((place) => costPartsAt(columns, place)),
				fields.costUsd,
			),
			arrived: extremes(places.map((place) => columns.inserted_at[place] ?? "")),
			expires: extremes(places.map((place) => columns.expires_at[place] ?? "")),
		};
	});
}

/** Of each trace the places of its spans. One that was sent again with another start lies at both: the later arrival counts. */
function rowsByTrace({ project_id, trace_id, span_id, inserted_at }: LineColumns): Map<string, Map<string, number>> {
	const byTrace = new Map<string, Map<string, number>>();
	span_id.forEach((spanId, place) => {
		const key = traceKeyText({ projectId: project_id[place] ?? "", traceId: trace_id[place] ?? "" });
		const own = byTrace.get(key) ?? new Map<string, number>();
		byTrace.set(key, own);
		const known = own.get(spanId);
		if (known === undefined || (inserted_at[known] ?? "") < (inserted_at[place] ?? "")) own.set(spanId, place);
	});
	return byTrace;
}

function traceSpan(columns: LineColumns, place: number): TraceSpan {
	const span = spanAt(columns, place);
	const map = (column: Record<string, string>[]) => column[place] ?? {};
	return {
		...span,
		metadata: joinMetadata({ texts: map(columns.metadata), values: map(columns.metadata_values) }),
		trace: {
			...span.trace,
			metadata: joinMetadata({ texts: map(columns.trace_metadata), values: map(columns.trace_metadata_values) }),
		},
	};
}

function summaryOf(
	{ projectId, traceId, fields, costSplit, arrived, expires }: DerivedTrace,
	previews: Previews | undefined,
	now: Date,
): TraceSummary {
	const { inputSource, outputSource, ...shown } = fields;
	return {
		...shown,
		traceId,
		projectId: projectId || null,
		costSplit,
		progress: traceProgress(fields, utc(arrived.last), now),
		createdAt: utc(arrived.first),
		updatedAt: utc(arrived.last),
		expiresAt: utc(expires.last),
		inputPreview: previews?.input ?? null,
		outputPreview: previews?.output ?? null,
	};
}
