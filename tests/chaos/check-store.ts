import { ClickHouseLogLevel, createClient } from "@clickhouse/client";
import { MALFORMED } from "@/tests/chaos/batch";
import type { Journal, TraceEntry } from "@/tests/chaos/journal";
import { listTraces, mustCall, type TraceRowView, type TraceView } from "@/tests/support/rest-client";

interface StoredSpan {
	project_id: string;
	trace_id: string;
	span_id: string;
	name: string;
	input_tokens: string | null;
	output_tokens: string | null;
}

export interface StoreCheck {
	spans: number;
	/** Rows before they are deduplicated. */
	rows: number;
	traces: number;
	missing: number;
	doubled: number;
	/** Stored, but never sent. */
	strange: number;
	/** Sentences, the first few of each kind. */
	problems: string[];
}

interface Place {
	url: string;
	clickhouseUrl: string;
	/** Ids by name. */
	projects: ReadonlyMap<string, string>;
	journal: Journal;
}

const READERS = 4;
const PAGE_SIZE = 200;
const EXAMPLES_MAX = 5;

/** Compares the store, read directly and through the HTTP API, with what the senders were told. */
export async function checkStore(place: Place): Promise<StoreCheck> {
	const problems = collectProblems();
	const { spans, rows } = await readSpans(place.clickhouseUrl);
	const byTrace = groupByTrace(spans, problems.note);
	let missing = 0;
	for (const [traceId, { wanted, project }] of place.journal.traces) {
		const stored = byTrace.get(traceId);
		for (const span of wanted.values()) {
			const found = stored?.get(span.spanId);
			if (!found) {
				missing += 1;
				problems.note("acknowledged, but not stored", `${traceId}/${span.spanId}`);
			} else {
				if (Number(found.input_tokens) !== span.inputTokens || Number(found.output_tokens) !== span.outputTokens) {
					problems.note("stored with other tokens", `${traceId}/${span.spanId}`);
				}
				if (found.project_id !== place.projects.get(project)) problems.note("in the wrong project", traceId);
			}
		}
	}
	const strange = spans.filter((span) => !place.journal.traces.get(span.trace_id)?.possible.has(span.span_id));
	for (const span of strange) {
		const kind = span.name === MALFORMED ? "rejected, but stored" : "never sent, but stored";
		problems.note(kind, `${span.trace_id}/${span.span_id}`);
	}
	await checkApi(place, byTrace, problems.note).catch((error: unknown) =>
		problems.note("cannot be read", String(error)),
	);
	return {
		spans: spans.length,
		rows,
		traces: byTrace.size,
		missing,
		strange: strange.length,
		doubled: problems.count("stored twice") + problems.count("listed twice") + problems.count("counted twice"),
		problems: problems.sentences(),
	};
}

type StoredTrace = Map<string, StoredSpan>;
type Note = (kind: string, example: string) => void;

async function readSpans(url: string): Promise<{ spans: StoredSpan[]; rows: number }> {
	const client = createClient({ url, request_timeout: 120_000, log: { level: ClickHouseLogLevel.OFF } });
	const read = async <Row>(query: string): Promise<Row[]> =>
		(await client.query({ query, format: "JSONEachRow" })).json<Row>();
	try {
		const spans = await read<StoredSpan>(
			"SELECT project_id, trace_id, span_id, name, toString(input_tokens) AS input_tokens, toString(output_tokens) AS output_tokens FROM spans FINAL",
		);
		// Every column of every row: a part that was written by halves fails here.
		const [all] = await read<{ rows: string }>("SELECT count() AS rows, sum(cityHash64(*)) AS hash FROM spans");
		return { spans, rows: Number(all?.rows) };
	} finally {
		await client.close();
	}
}

function groupByTrace(spans: readonly StoredSpan[], note: Note): Map<string, StoredTrace> {
	const traces = new Map<string, StoredTrace>();
	for (const span of spans) {
		const trace: StoredTrace = traces.get(span.trace_id) ?? new Map();
		traces.set(span.trace_id, trace);
		if (trace.has(span.span_id)) note("stored twice", `${span.trace_id}/${span.span_id}`);
		trace.set(span.span_id, span);
	}
	return traces;
}

/** Every trace, as the list and as its own page tell it. */
async function checkApi({ url, journal }: Place, byTrace: ReadonlyMap<string, StoredTrace>, note: Note): Promise<void> {
	const listed = new Map<string, TraceRowView>();
	let total = 0;
	for (let page = 0, pages = 1; page < pages; page++) {
		const answer = await listTraces(url, `?size=${PAGE_SIZE}&page=${page}`);
		[pages, total] = [answer.totalPages, answer.totalElements];
		for (const row of answer.content) {
			if (listed.has(row.traceId)) note("listed twice", row.traceId);
			listed.set(row.traceId, row);
		}
	}
	if (total !== byTrace.size) note("counted wrongly", `${total} traces listed, ${byTrace.size} stored`);
	const queue = [...byTrace];
	const reader = async () => {
		for (let next = queue.pop(); next; next = queue.pop()) await checkTrace(url, next, listed, journal.traces, note);
	};
	await Promise.all(Array.from({ length: READERS }, reader));
}

async function checkTrace(
	url: string,
	[traceId, stored]: [string, StoredTrace],
	listed: ReadonlyMap<string, TraceRowView>,
	sent: ReadonlyMap<string, TraceEntry>,
	note: Note,
): Promise<void> {
	const row = listed.get(traceId);
	if (!row) note("not listed", traceId);
	else if (row.spanCount !== stored.size) note("counted twice", `${traceId}: ${row.spanCount} of ${stored.size} spans`);
	const trace = await mustCall<TraceView>(url, `/api/v1/traces/${traceId}`);
	const shown = trace.spans.map(({ spanId }) => spanId).sort();
	if (shown.join() !== [...stored.keys()].sort().join()) note("shown with other spans", traceId);
	const spans = [...stored.keys()].flatMap((spanId) => sent.get(traceId)?.possible.get(spanId) ?? []);
	const sum = (count: "inputTokens" | "outputTokens") => spans.reduce((total, span) => total + span[count], 0);
	const { input, output } = trace.summary.usage;
	if (input !== sum("inputTokens") || output !== sum("outputTokens")) {
		note(
			"counted twice",
			`${traceId}: ${input}/${output} tokens instead of ${sum("inputTokens")}/${sum("outputTokens")}`,
		);
	}
}

function collectProblems() {
	const found = new Map<string, string[]>();
	return {
		note(kind: string, example: string) {
			const examples = found.get(kind) ?? [];
			found.set(kind, examples);
			examples.push(example);
		},
		count: (kind: string) => found.get(kind)?.length ?? 0,
		sentences: () => [...found].map(([kind, all]) => `${all.length} ${kind}: ${all.slice(0, EXAMPLES_MAX).join(", ")}`),
	};
}
