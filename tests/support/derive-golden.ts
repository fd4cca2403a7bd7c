import { derive } from "@/lib/genai/derive";
import { decodeJson } from "@/lib/otlp/decode-json";
import type { LogRecord } from "@/lib/span/log-record";
import { canonicalFields } from "@/tests/support/canonical-fields";
import { type GoldenSpan, goldenOtlpSpan } from "@/tests/support/golden-spans";
import { anyValue, attributes } from "@/tests/support/otlp-request";

const IDS = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" };

/** The fields that a case asserts, as its span and log records give them. */
export function deriveGolden(golden: GoldenSpan): Record<string, unknown> {
	const request = {
		resourceSpans: [
			{
				resource: { attributes: attributes(golden.resource_attributes) },
				scopeSpans: [{ scope: { name: golden.scope_name }, spans: [goldenOtlpSpan(golden, IDS)] }],
			},
		],
	};
	const [span] = decodeJson(JSON.stringify(request)).spans;
	if (!span) throw new Error("the span was rejected");
	const logs = (golden.logs ?? []).map(
		(log): LogRecord => ({
			...IDS,
			timeUnixNano: null,
			severityText: "",
			eventName: log.event_name,
			body: anyValue(log.body),
			attributes: new Map(attributes(log.attributes).map(({ key, value }) => [key, value])),
		}),
	);
	const canonical = canonicalFields(derive(span, logs));
	return Object.fromEntries(Object.keys(golden.expected).map((field) => [field, canonical[field]]));
}
