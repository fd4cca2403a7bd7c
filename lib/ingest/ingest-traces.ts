import { env } from "@/lib/env";
import { derive } from "@/lib/genai/derive";
import { linkProjects } from "@/lib/ingest/link-projects";
import { decodeJson } from "@/lib/otlp/decode-json";
import { decodeProtobuf } from "@/lib/otlp/decode-protobuf";
import type { Rejection } from "@/lib/otlp/decoded";
import type { Span } from "@/lib/span/span";
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
 * Takes an OTLP ExportTraceServiceRequest: decode, link to projects, derive, store. Returns once ClickHouse has the rows.
 * Malformed spans are counted and left out; an unreadable body is `invalid_input`; trouble with a store is `unavailable`,
 * and nothing is lost if the sender repeats: the same span replaces itself.
 */
export async function ingestTraces(
	encoding: "json" | "protobuf",
	body: Buffer,
	now: Date = new Date(),
): Promise<Receipt> {
	const { spans: reported, rejections } =
		encoding === "json" ? decodeJson(new TextDecoder().decode(body)) : decodeProtobuf(body);
	const projects = await linkProjects(reported);
	const expiresAt = new Date(now.getTime() + env().SPANWISE_TRACE_RETENTION_DAYS * DAY_MS);
	const spans = reported.map(
		(span): Span => ({
			...span,
			...derive(span),
			projectId: projects.get(span.traceId) ?? "",
			origin: "otlp",
			expiresAt,
		}),
	);
	await writeSpans(spans);
	return {
		acceptedSpans: spans.length,
		rejectedSpans: rejections.length,
		traces: new Set(spans.map((span) => span.traceId)).size,
		rejections,
		projectIds: [...new Set(projects.values())],
	};
}
