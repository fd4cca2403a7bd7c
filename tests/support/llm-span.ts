import { randomHex } from "@/lib/ids";
import { attributes, type OtlpSpan } from "@/tests/support/otlp-request";

/** The body of the curl in the Dokimos documentation, letter by letter. */
export const SEED_BODY =
	'{"resourceSpans":[{"resource":{"attributes":[{"key":"dokimos.project","value":{"stringValue":"my-llm-app"}}]},"scopeSpans":[{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","name":"llm.generate","startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000002000000000","attributes":[{"key":"input","value":{"stringValue":"What is the capital of France?"}},{"key":"output","value":{"stringValue":"The capital of France is Paris."}}]}]}]}]}';

export type LlmSpan = OtlpSpan & { traceId: string; spanId: string };

/** A span named `llm.generate` with input and output that just ended. */
export function llmSpan(fields: OtlpSpan = {}): LlmSpan {
	const end = BigInt(Date.now()) * 1_000_000n;
	return {
		traceId: randomHex(16),
		spanId: randomHex(8),
		name: "llm.generate",
		startTimeUnixNano: String(end - 250_000_000n),
		endTimeUnixNano: String(end),
		attributes: attributes({ input: "What is the capital of France?", output: "Paris." }),
		...fields,
	};
}

/** The resource by which a sender names its project. */
export function inProject(name: string | undefined): Record<string, string> {
	return name === undefined ? {} : { "dokimos.project": name };
}
