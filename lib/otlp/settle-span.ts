import type { Cuts } from "@/lib/otlp/cuts";
import { RecordRejected } from "@/lib/otlp/decoded";
import { optionalId, requiredName, spanIds } from "@/lib/otlp/span-fields";
import type { ReportedSpan, SpanLink } from "@/lib/span/span";

/** Brings the ids of a span, read as they were sent, into their form, and looks for a name. Rejects the span otherwise. */
export function settleIdentity(span: ReportedSpan): void {
	const { traceId, spanId } = spanIds(span.traceId, span.spanId);
	const parent = span.parentSpanId === null ? null : optionalId(span.parentSpanId, 8, "parentSpanId");
	requiredName(span.name);
	span.traceId = traceId;
	span.spanId = spanId;
	span.parentSpanId = parent;
}

/** Brings the ids of a link into their form. False when they are none: the link is lost, and that is noted. */
export function settleLink(link: SpanLink, cuts: Cuts): boolean {
	try {
		link.traceId = optionalId(link.traceId, 16, "traceId") ?? "";
		link.spanId = optionalId(link.spanId, 8, "spanId") ?? "";
		return true;
	} catch (error) {
		if (!(error instanceof RecordRejected)) throw error;
		cuts.note(`dropped, ${error.message}`);
		return false;
	}
}

/** How many of a span's parts were left out, each because there are too many; links also because of their ids. */
export interface Dropped {
	attributes: number;
	events: number;
	links: number;
	unreadableLinks: number;
}

/** Adds to the span's counts what was left out of it, and writes down what was cut. */
export function settleCuts(span: ReportedSpan, dropped: Dropped, cuts: Cuts): void {
	const { attributes, links } = span;
	const { droppedAttributesCount, droppedEventsCount, droppedLinksCount } = span;
	span.droppedAttributesCount = cuts.dropped("attributes", attributes.size, dropped.attributes, droppedAttributesCount);
	span.droppedEventsCount = cuts.dropped("events", span.events.length, dropped.events, droppedEventsCount);
	span.droppedLinksCount = cuts.dropped(
		"links",
		links.length,
		dropped.links,
		droppedLinksCount + dropped.unreadableLinks,
	);
	cuts.tell(attributes);
}
