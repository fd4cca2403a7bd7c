import { attributesPlain } from "@/lib/span/any-value";
import type { ReportedSpan } from "@/lib/span/span";

/** A span as its sender reported it, as indented JSON: OTLP's names, attributes as plain values. */
export function reportedJson(span: ReportedSpan): string {
	const { scope, resource } = span;
	const reported = {
		traceId: span.traceId,
		spanId: span.spanId,
		parentSpanId: span.parentSpanId,
		traceState: span.traceState || undefined,
		flags: span.flags || undefined,
		name: span.name,
		kind: span.otelKind,
		startTimeUnixNano: nanosText(span.startTimeUnixNano),
		endTimeUnixNano: nanosText(span.endTimeUnixNano),
		status: { code: span.statusCode ?? undefined, message: span.statusMessage || undefined },
		attributes: attributesPlain(span.attributes),
		droppedAttributesCount: span.droppedAttributesCount || undefined,
		events: span.events.map((event) => ({
			timeUnixNano: nanosText(event.timeUnixNano),
			name: event.name,
			attributes: attributesPlain(event.attributes),
		})),
		droppedEventsCount: span.droppedEventsCount || undefined,
		links: span.links.map((link) => ({
			traceId: link.traceId,
			spanId: link.spanId,
			attributes: attributesPlain(link.attributes),
		})),
		droppedLinksCount: span.droppedLinksCount || undefined,
		scope: { name: scope.name, version: scope.version, attributes: attributesPlain(scope.attributes) },
		resource: { attributes: attributesPlain(resource.attributes) },
	};
	return JSON.stringify(reported, null, 2);
}

function nanosText(nanos: bigint | null): string | null {
	return nanos === null ? null : String(nanos);
}
