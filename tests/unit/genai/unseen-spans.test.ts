import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { derive } from "@/lib/genai/derive";
import { decodeJson } from "@/lib/otlp/decode-json";
import type { LogRecord } from "@/lib/span/log-record";
import { canonicalFields } from "@/tests/support/canonical-fields";
import { type GoldenSpan, goldenOtlpSpan } from "@/tests/support/golden-spans";
import { anyValue, attributes } from "@/tests/support/otlp-request";

const IDS = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" };

const cases = readFileSync(join(import.meta.dirname, "../../fixtures/unseen-spans.jsonl"), "utf8")
	.trim()
	.split("\n")
	.map((line) => JSON.parse(line) as GoldenSpan);

function derived(golden: GoldenSpan): Record<string, unknown> {
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
	return canonicalFields(derive(span, logs));
}

describe("derive() reads every row of every table, one span a row", () => {
	for (const golden of cases) {
		it(golden.id, () => {
			const canonical = derived(golden);
			const asserted = Object.fromEntries(Object.keys(golden.expected).map((field) => [field, canonical[field]]));
			expect(asserted).toEqual(golden.expected);
		});
	}
});
