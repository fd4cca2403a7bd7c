import { env } from "@/lib/env";
import { interpretSpan } from "@/lib/ingest/interpret-span";
import { joinLogs } from "@/lib/ingest/join-logs";
import { linkProjects } from "@/lib/ingest/link-projects";
import { decodeTraces } from "@/lib/otlp/decode-traces";
import type { Rejection } from "@/lib/otlp/decoded";
import type { Encoding } from "@/lib/otlp/encoding";
import { listOverridesOf } from "@/lib/pricing/list-price-overrides";
import { anyValueText } from "@/lib/span/any-value";
import type { ReportedSpan } from "@/lib/span/span";
import { DAY_MS } from "@/lib/time";
import { writeSpans } from "@/lib/traces/write-spans";

/** What became of one request; counters speak of this request only. */
export interface Receipt {
	acceptedSpans: number;
	rejectedSpans: number;
	/** Distinct trace ids among the accepted spans. */
	traces: number;
	rejections: Rejection[];
	/** Projects that got spans. */
	projectIds: string[];
}

/**
 * Takes an OTLP ExportTraceServiceRequest: decode, link to projects, derive, price, store, and join the log records that
 * came before. Returns once ClickHouse has the rows. Malformed spans are counted and left out; an unreadable body is
 * `invalid_input`; trouble with a store is `unavailable`, and nothing is lost if the sender repeats: the same span replaces
 * itself. `fallback` names the project of spans whose resource names none; see `linkProjects`.
 */
export async function ingestTraces(
	encoding: Encoding,
	body: Buffer,
	now: Date = new Date(),
	fallback: string | null = null,
): Promise<Receipt> {
	const { spans: reported, rejections } = decodeTraces(encoding, body);
	const final = reported.filter((span) => !isPending(span));
	const projects = await linkProjects(final, fallback);
	const overrides = await listOverridesOf(projects.values());
	const expiresAt = new Date(now.getTime() + env().SPANWISE_TRACE_RETENTION_DAYS * DAY_MS);
	const spans = final.map((span) => {
		const projectId = projects.get(span.traceId) ?? "";
		return interpretSpan(span, [], overrides.get(projectId) ?? [], { projectId, origin: "otlp", expiresAt });
	});
	await writeSpans(spans);
	await joinLogs(spans);
	return {
		acceptedSpans: reported.length,
		rejectedSpans: rejections.length,
		traces: new Set(reported.map((span) => span.traceId)).size,
		rejections,
		projectIds: [...new Set(projects.values())],
	};
}

// Logfire announces a span when it starts, under an id of its own; the real one follows when it has ended.
function isPending(span: ReportedSpan): boolean {
	const type = span.attributes.get("logfire.span_type");
	return type !== undefined && anyValueText(type) === "pending_span";
}
