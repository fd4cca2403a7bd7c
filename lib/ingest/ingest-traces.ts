import { openArrivals } from "@/lib/accounting/open-arrivals";
import { type RejectedSpan, recordRejections } from "@/lib/accounting/record-rejections";
import { env } from "@/lib/env";
import { findNamedProjects } from "@/lib/ingest/find-named-projects";
import { interpretSpan } from "@/lib/ingest/interpret-span";
import { joinLogs } from "@/lib/ingest/join-logs";
import { linkProjects } from "@/lib/ingest/link-projects";
import { decodeTraces } from "@/lib/otlp/decode-traces";
import type { Rejection } from "@/lib/otlp/decoded";
import type { Encoding } from "@/lib/otlp/encoding";
import { listOverridesOf } from "@/lib/pricing/list-price-overrides";
import { anyValueText } from "@/lib/span/any-value";
import type { ReportedSpan, Span } from "@/lib/span/span";
import { DAY_MS } from "@/lib/time";
import { writeSpans } from "@/lib/traces/write-spans";

const TOLD_TO_RETRY = "store unavailable, told to retry";

/** What became of one request; counters speak of this request only. */
export interface Receipt {
	acceptedSpans: number;
	rejectedSpans: number;
	/** Distinct trace ids among the accepted spans. */
	traces: number;
	rejections: Rejection[];
	/** What was cut because of a limit, in spans that are kept. */
	warnings: string[];
	/** Projects that got spans. */
	projectIds: string[];
}

/** How a request came. */
export interface Delivery {
	receivedAt?: Date;
	/** The project of spans whose resource names none; see `findNamedProjects`. */
	fallback?: string | null;
	/** What the sending program says it is. */
	sender?: string;
}

/**
 * Takes an OTLP ExportTraceServiceRequest: decode, link to projects, derive, price, store, and join the log records that
 * came before. Returns once ClickHouse has the rows. Malformed spans are counted and left out; an unreadable body is
 * `invalid_input`; trouble with a store is `unavailable`, and nothing is lost if the sender repeats: the same span replaces
 * itself. Every span is in the books, whatever became of it.
 */
export async function ingestTraces(
	encoding: Encoding,
	body: Buffer,
	{ receivedAt = new Date(), fallback = null, sender = "" }: Delivery = {},
): Promise<Receipt> {
	const { spans: reported, rejections, warnings } = decodeTraces(encoding, body);
	const final = reported.filter((span) => !isPending(span));
	const named = await findNamedProjects(new Set([...final, ...rejections].map(({ resource }) => resource)), fallback);
	const projects = await linkProjects(final, named);
	const overrides = await listOverridesOf(projects.values());
	const expiresAt = new Date(receivedAt.getTime() + env().SPANWISE_TRACE_RETENTION_DAYS * DAY_MS);
	const spans = final.map((span) => {
		const projectId = projects.get(span.traceId) ?? "";
		return interpretSpan(span, [], overrides.get(projectId) ?? [], { projectId, origin: "otlp", expiresAt });
	});
	const rejected = rejections.map(({ resource, reason, sample }): RejectedSpan => {
		return { projectId: named.get(resource) ?? "", receivedAt, reason, sender, sample };
	});
	await store(spans, rejected, receivedAt);
	return {
		acceptedSpans: reported.length,
		rejectedSpans: rejections.length,
		traces: new Set(reported.map((span) => span.traceId)).size,
		rejections,
		warnings,
		projectIds: [...new Set(projects.values())],
	};
}

async function store(spans: readonly Span[], rejected: readonly RejectedSpan[], receivedAt: Date): Promise<void> {
	const arrivals = openArrivals(countByProject(spans), receivedAt);
	try {
		await Promise.all([writeSpans(spans, { receivedAt }), rejected.length > 0 && recordRejections(rejected)]);
		await joinLogs(spans);
		arrivals.acknowledge();
	} catch (error) {
		arrivals.abandon(TOLD_TO_RETRY);
		throw error;
	}
}

function countByProject(spans: readonly Span[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { projectId } of spans) counts.set(projectId, (counts.get(projectId) ?? 0) + 1);
	return counts;
}

// Logfire announces a span when it starts, under an id of its own; the real one follows when it has ended.
function isPending(span: ReportedSpan): boolean {
	const type = span.attributes.get("logfire.span_type");
	return type !== undefined && anyValueText(type) === "pending_span";
}
