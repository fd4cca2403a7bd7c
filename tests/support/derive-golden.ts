import { derive } from "@/lib/genai/derive";
import { decodeJson } from "@/lib/otlp/decode-json";
import type { LogRecord } from "@/lib/span/log-record";
import { canonicalFields } from "@/tests/support/canonical-fields";
import { type GoldenSpan, goldenOtlpSpan } from "@/tests/support/golden-spans";
import { anyValue, attributes } from "@/tests/support/otlp-request";

const IDS = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" };

/** The export request of a case's span. */
export function goldenRequest(golden: GoldenSpan): object {
	const scopeSpans = [{ scope: { name: golden.scope_name }, spans: [goldenOtlpSpan(golden, IDS)] }];
	return { resourceSpans: [{ resource: { attributes: attributes(golden.resource_attributes) }, scopeSpans }] };
}

/** The log records that name it. */
export function goldenLogs({ logs = [] }: GoldenSpan): LogRecord[] {
	return logs.map((log) => ({
		...IDS,
		timeUnixNano: null,
		severityText: "",
		eventName: log.event_name,
		body: anyValue(log.body),
		attributes: new Map(attributes(log.attributes).map(({ key, value }) => [key, value])),
	}));
}

/** The fields that a case asserts, as its span and log records give them. */
export function deriveGolden(golden: GoldenSpan): Record<string, unknown> {
	const [span] = decodeJson(JSON.stringify(goldenRequest(golden))).spans;
	if (!span) throw new Error("the span was rejected");
	const canonical = canonicalFields(derive(span, goldenLogs(golden)));
	return Object.fromEntries(Object.keys(golden.expected).map((field) => [field, canonical[field]]));
}
