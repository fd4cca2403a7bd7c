import type { Rejection } from "@/lib/otlp/decoded";
import { encodeExportResponse } from "@/lib/otlp/encode-response";
import type { Answer } from "@/lib/receive/exchange";
import { explain } from "@/lib/receive/explain";

export const PROTOBUF = "application/x-protobuf";
export const JSON_TYPE = "application/json";

/** What became of one export request. */
export interface Outcome {
	/** What the JSON answer counts, by the names it has there, e.g. `acceptedSpans`. */
	counters: Readonly<Record<string, number>>;
	/** The counter that the partial success repeats. */
	rejected: "rejectedSpans" | "rejectedLogRecords" | "rejectedDataPoints";
	rejections: readonly Rejection[];
	/** What was kept, but not as it was sent. */
	warnings: readonly string[];
}

const EMPTY = new Uint8Array(0);
const headerNames = new Map<string, string>();

/**
 * The 200 of an export request. Counters travel in the body for readers of JSON and as `X-Spanwise-*` for everybody; a
 * partial success is there only when something was rejected or changed. Source: OTLP 1.x, "Partial Success".
 */
export function answerExport(outcome: Outcome, asJson: boolean): Answer {
	const { counters, rejected, rejections, warnings } = outcome;
	const headers: Record<string, string> = { "Content-Type": asJson ? JSON_TYPE : PROTOBUF };
	for (const counter in counters) headers[headerName(counter)] = String(counters[counter]);
	const message = explain(rejections, warnings);
	if (!asJson) {
		return { status: 200, headers, body: message === "" ? EMPTY : encodeExportResponse(rejections.length, message) };
	}
	const partialSuccess = { [rejected]: String(rejections.length), errorMessage: message };
	return { status: 200, headers, body: JSON.stringify(message === "" ? counters : { ...counters, partialSuccess }) };
}

/** `acceptedSpans` travels as `X-Spanwise-Accepted-Spans`. */
function headerName(counter: string): string {
	let name = headerNames.get(counter);
	if (name === undefined) {
		name = `X-Spanwise-${counter.replace(/[A-Z]/g, "-$&").replace(/^./, (letter) => letter.toUpperCase())}`;
		headerNames.set(counter, name);
	}
	return name;
}
