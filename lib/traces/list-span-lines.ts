import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql, string, uint } from "@/lib/clickhouse/sql";
import { durationNanos, type SpanKind } from "@/lib/span/span";
import type { Usage } from "@/lib/span/usage";
import { type Hit, HitColumns, hitColumns, hitOf, NO_HIT } from "@/lib/traces/hit";
import { beyondCursor, decodeCursor, type KeysetCursor, keysetPage } from "@/lib/traces/keyset-cursor";
import { fittingLines, linesOf, type Sought, type Weight, weightOf } from "@/lib/traces/sought";
import { nanos } from "@/lib/traces/span-row";
import { type TimeChunk, timeChunks } from "@/lib/traces/time-chunks";
import { ALWAYS, nanoRange } from "@/lib/traces/time-window";
import { UsageColumns, usageOf } from "@/lib/traces/usage-columns";

/** A span as lists show it. */
export interface SpanLine {
	/** Null when its sender named no known project. */
	projectId: string | null;
	traceId: string;
	spanId: string;
	parentSpanId: string | null;
	name: string;
	displayName: string;
	kind: SpanKind;
	status: "ok" | "error";
	errorType: string | null;
	/** Nanoseconds since the epoch; null when its sender told none. */
	startTimeUnixNano: bigint | null;
	durationNano: bigint | null;
	/** Epoch milliseconds by which it is listed: its start, else its arrival. */
	listedAtMs: number;
	model: string | null;
	provider: string | null;
	/** Of its own model call. */
	usage: Usage | null;
	costUsd: number | null;
	costInput: number | null;
	costOutput: number | null;
	ttftMs: number | null;
	sessionId: string | null;
	userId: string | null;
	tags: string[];
	environment: string | null;
	release: string | null;
	service: string | null;
	/** First 300 characters. */
	inputPreview: string | null;
	outputPreview: string | null;
	hit: Hit | null;
}

export interface SpanPage {
	spans: SpanLine[];
	/** Opaque positions of the neighbouring pages; null at either end. */
	nextCursor: string | null;
	previousCursor: string | null;
}

const Row = z.object({
	project_id: z.string(),
	trace_id: z.string(),
	parent_span_id: z.string(),
	started: z.string(),
	name: z.string(),
	display_name: z.string(),
	kind: z.string(),
	status: z.string(),
	error_type: z.string(),
	start_unix_nano: z.string(),
	end_unix_nano: z.string(),
	model: z.string(),
	provider: z.string(),
	...UsageColumns.shape,
	cost_usd: z.number().nullable(),
	cost_input: z.number().nullable(),
	cost_output: z.number().nullable(),
	ttft_ms: z.number().nullable(),
	session_id: z.string(),
	user_id: z.string(),
	tags: z.array(z.string()),
	environment: z.string(),
	release: z.string(),
	service: z.string(),
	input_head: z.string(),
	output_head: z.string(),
	...HitColumns.shape,
});
type Row = z.infer<typeof Row>;

/** Project, trace and span. */
const TIES = 3;
/** Rows to look at first; of those that fit, fifty are wanted. */
const FIRST_ROWS: Record<Weight, number> = { light: 1000, text: 50_000, heavy: 100_000 };

/** One page of spans, newest start first; ties by project, trace and span id. As with traces, judges' own are left out. */
export async function listSpanLines({
	limit,
	cursor,
	...given
}: Sought & { limit: number; cursor?: string }): Promise<SpanPage> {
	const sought = { ...given, text: given.text?.trim() || undefined };
	const at = cursor === undefined ? null : decodeCursor(cursor, TIES);
	const range = beyondCursor(nanoRange(sought.window ?? ALWAYS), at);
	const direction = at?.direction ?? "older";
	const rows = FIRST_ROWS[weightOf(sought)];
	const found: Row[] = [];
	for await (const chunk of timeChunks({ projectIds: sought.projectIds, range, direction, rows })) {
		found.push(...(await readChunk(sought, chunk, at, limit + 1 - found.length)));
		if (found.length > limit) break;
	}
	const { items, ...neighbours } = keysetPage(found, {
		limit,
		at,
		placeOf: (row) => ({ moment: BigInt(row.started), ties: [row.project_id, row.trace_id, row.span_id] }),
	});
	return { spans: items.map(spanLine), ...neighbours };
}

function readChunk(sought: Sought, chunk: TimeChunk, at: KeysetCursor | null, limit: number): Promise<Row[]> {
	const newer = at?.direction === "newer";
	const way = newer ? sql`ASC` : sql`DESC`;
	const place = sql`(started, project_id, trace_id, span_id)`;
	const [projectId = "", traceId = "", spanId = ""] = at?.ties ?? [];
	const edge = at && sql`(${uint(at.moment)}, ${string(projectId)}, ${string(traceId)}, ${string(spanId)})`;
	return query({
		name: "list spans by time",
		isSmall: chunk.isSmall,
		sql: sql`
			SELECT project_id, trace_id, span_id, parent_span_id, started, name, display_name, kind, status, error_type,
				start_unix_nano, end_unix_nano, if(response_model = '', request_model, response_model) AS model, provider,
				input_tokens, output_tokens, cache_read_tokens, cache_creation_tokens, reasoning_tokens, audio_input_tokens,
				audio_output_tokens, total_tokens, cost_usd, cost_input, cost_output, ttft_ms, session_id, user_id, tags,
				environment, release, service, input_head, output_head, ${sought.text ? hitColumns(sought.text) : NO_HIT}
			FROM spans_by_time FINAL
			WHERE ${linesOf(sought, chunk)} AND ${fittingLines(sought, chunk)}
				AND ${edge ? sql`${place} ${newer ? sql`>` : sql`<`} ${edge}` : sql`1`}
			ORDER BY started ${way}, project_id ${way}, trace_id ${way}, span_id ${way}
			LIMIT ${uint(limit)}`,
		row: Row,
	});
}

function spanLine(row: Row): SpanLine {
	const [start, end] = [nanos(row.start_unix_nano), nanos(row.end_unix_nano)];
	return {
		projectId: row.project_id || null,
		traceId: row.trace_id,
		spanId: row.span_id,
		parentSpanId: row.parent_span_id || null,
		name: row.name,
		displayName: row.display_name,
		kind: row.kind as SpanKind,
		status: row.status === "error" ? "error" : "ok",
		errorType: row.error_type || null,
		startTimeUnixNano: start,
		durationNano: durationNanos(start, end),
		listedAtMs: Number(BigInt(row.started) / 1_000_000n),
		model: row.model || null,
		provider: row.provider || null,
		usage: usageOf(row),
		costUsd: row.cost_usd,
		costInput: row.cost_input,
		costOutput: row.cost_output,
		ttftMs: row.ttft_ms,
		sessionId: row.session_id || null,
		userId: row.user_id || null,
		tags: row.tags,
		environment: row.environment || null,
		release: row.release || null,
		service: row.service || null,
		inputPreview: row.input_head || null,
		outputPreview: row.output_head || null,
		hit: hitOf(row),
	};
}
