import { csvLine } from "@/app/p/[project]/_list/csv-line";
import type { TraceRecord } from "@/app/p/[project]/traces/export/trace-record";

interface ExportFormat {
	mime: string;
	extension: string;
	/** What a file of records says before, between and after them. */
	write: (records: AsyncIterable<TraceRecord>) => AsyncGenerator<string, void>;
}

/** What traces can be exported as. */
export const EXPORT_FORMATS = {
	csv: { mime: "text/csv; charset=utf-8", extension: "csv", write: writeCsv },
	json: { mime: "application/json", extension: "json", write: writeJson },
	ndjson: { mime: "application/x-ndjson", extension: "ndjson", write: writeLines },
} as const satisfies Record<string, ExportFormat>;

export type ExportFormatName = keyof typeof EXPORT_FORMATS;

/** In the order of the file; an empty one has its head all the same. */
const COLUMNS = [
	...["trace_id", "project_id", "name", "start", "duration_ms", "status", "spans", "failed_spans"],
	...["input_tokens", "output_tokens", "total_tokens", "cost_usd", "unpriced_calls", "session_id", "user_id"],
	...["environment", "release", "service", "tags", "models", "metadata", "input", "output"],
] as (keyof TraceRecord)[];

async function* writeCsv(records: AsyncIterable<TraceRecord>): AsyncGenerator<string, void> {
	yield csvLine(COLUMNS);
	for await (const record of records) yield csvLine(COLUMNS.map((column) => plain(record[column])));
}

async function* writeJson(records: AsyncIterable<TraceRecord>): AsyncGenerator<string, void> {
	let isFirst = true;
	yield "[";
	for await (const record of records) {
		yield `${isFirst ? "\n" : ",\n"}${JSON.stringify(record)}`;
		isFirst = false;
	}
	yield "\n]\n";
}

async function* writeLines(records: AsyncIterable<TraceRecord>): AsyncGenerator<string, void> {
	for await (const record of records) yield `${JSON.stringify(record)}\n`;
}

function plain(value: TraceRecord[keyof TraceRecord]): string | number | null {
	if (value === null || typeof value === "string" || typeof value === "number") return value;
	return Array.isArray(value) ? value.join("; ") : JSON.stringify(value);
}
