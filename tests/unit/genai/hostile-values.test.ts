import { describe, expect, it } from "vitest";
import { derive } from "@/lib/genai/derive";
import { decodeJson } from "@/lib/otlp/decode-json";
import { KNOWN_KEYS } from "@/tests/fuzz/known-keys";
import { anyValue, attributes, otlpRequest, otlpSpan } from "@/tests/support/otlp-request";

/** A structure that String(), Number() and template literals fail on. */
const TRAP = { toString: {}, valueOf: {}, toJSON: {} };
const TEXTS = [
	...[[TRAP], { a: TRAP, type: TRAP, role: TRAP, name: TRAP, content: TRAP, id: TRAP, input: TRAP, output: TRAP }],
	[{ role: TRAP, type: TRAP, content: TRAP, parts: [TRAP, { type: TRAP, content: TRAP }], tool_calls: [{ id: TRAP }] }],
	[{ role: "user", content: [{ type: "text", text: TRAP }, { type: "image_url", image_url: TRAP }, { type: TRAP }] }],
].map((value) => JSON.stringify(value));
const VALUES: readonly unknown[] = [
	TRAP,
	[TRAP],
	[[TRAP]],
	{ a: TRAP },
	JSON.stringify(TRAP),
	...TEXTS,
	1e300,
	"__proto__",
];

/** What other keys of a span make a dialect look at its further keys. */
const CONTEXTS = [
	{ "gen_ai.operation.name": "chat" },
	{ "genkit:metadata:subtype": "model", "genkit:type": "action", "claude_code.x": 1, "span.type": "tool" },
];

describe("derive()", () => {
	it.each(CONTEXTS)(
		"survives structures under every key that any dialect reads, beside %j",
		(context) => {
			const thrown = new Set<string>();
			for (const key of new Set(KNOWN_KEYS)) {
				for (const value of VALUES) {
					const pairs = attributes({ ...context, [key]: value });
					const sent = otlpSpan({ attributes: pairs, events: [{ name: "gen_ai.choice", attributes: pairs }] });
					const [span] = decodeJson(JSON.stringify(otlpRequest([sent]))).spans;
					if (!span) throw new Error(`the span with ${key} was rejected`);
					const { traceId, spanId, attributes: values } = span;
					const log = { traceId, spanId, timeUnixNano: null, severityText: "", eventName: "gen_ai.choice" };
					try {
						derive(span, [{ ...log, body: anyValue(value), attributes: values }]);
					} catch (error) {
						thrown.add(`${key}: ${error instanceof Error ? error.message : String(error)}`);
					}
				}
			}
			expect([...thrown]).toEqual([]);
		},
		60_000,
	);
});
