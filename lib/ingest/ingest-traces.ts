import { inTurn } from "@/lib/ingest/in-turn";
import { storeArrival } from "@/lib/ingest/store-arrival";
import { decodeTraces } from "@/lib/otlp/decode-traces";
import type { Rejection } from "@/lib/otlp/decoded";
import type { Encoding } from "@/lib/otlp/encoding";
import { anyValueText } from "@/lib/span/any-value";
import type { ReportedSpan } from "@/lib/span/span";

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
	const { spans: reported, rejections, warnings } = await inTurn(() => decodeTraces(encoding, body));
	const spans = reported.filter((span) => !isPending(span));
	const projectIds = await storeArrival({ spans, rejections, receivedAt, fallback, sender });
	return {
		acceptedSpans: reported.length,
		rejectedSpans: rejections.length,
		traces: new Set(reported.map((span) => span.traceId)).size,
		rejections,
		warnings,
		projectIds,
	};
}

// Logfire announces a span when it starts, under an id of its own; the real one follows when it has ended.
function isPending(span: ReportedSpan): boolean {
	const type = span.attributes.get("logfire.span_type");
	return type !== undefined && anyValueText(type) === "pending_span";
}
