import { readFileSync } from "node:fs";
import { join } from "node:path";
import { attributes, type OtlpSpan } from "@/tests/support/otlp-request";

/** A span of some sender with the canonical fields it must give; what `expected` does not name is not asserted. */
export interface GoldenSpan {
	id: string;
	source: string;
	resource_attributes: Record<string, unknown>;
	scope_name: string;
	span_name: string;
	span_kind: string;
	attributes: Record<string, unknown>;
	events?: { name: string; t_ms: number; attributes: Record<string, unknown> }[];
	logs?: { event_name: string; attributes: Record<string, unknown>; body: unknown }[];
	status?: { code: string; message?: string };
	expected: Record<string, unknown>;
}

/** Start of every golden span; events are counted from it. */
const START = BigInt(Date.parse("2026-01-01T00:00:00Z")) * 1_000_000n;
const DURATION = 6_000_000_000n;
const CODES: Record<string, number> = { OK: 1, ERROR: 2 };
const KINDS = ["UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"];

export function goldenSpans(file: "golden-spans" | "dialect-rows" = "golden-spans"): GoldenSpan[] {
	const path = join(import.meta.dirname, `../fixtures/${file}.jsonl`);
	return readFileSync(path, "utf8")
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line) as GoldenSpan);
}

/** The case as an OTLP span. */
export function goldenOtlpSpan(golden: GoldenSpan, ids: { traceId: string; spanId: string }): OtlpSpan {
	return {
		...ids,
		name: golden.span_name,
		kind: KINDS.indexOf(golden.span_kind),
		startTimeUnixNano: String(START),
		endTimeUnixNano: String(START + DURATION),
		attributes: attributes(golden.attributes),
		events: (golden.events ?? []).map((event) => ({
			name: event.name,
			timeUnixNano: String(START + BigInt(event.t_ms) * 1_000_000n),
			attributes: attributes(event.attributes),
		})),
		status: golden.status ? { code: CODES[golden.status.code] ?? 0, message: golden.status.message ?? "" } : undefined,
	};
}
