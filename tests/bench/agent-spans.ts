import { randomHex } from "@/lib/ids";
import { llmSpan } from "@/tests/support/llm-span";
import type { OtlpSpan } from "@/tests/support/otlp-request";

/** A trace of many calls below agents, three levels deep. */
export function agentSpans(spans: number): OtlpSpan[] {
	const root = llmSpan({ name: "root" });
	const start = BigInt(root.startTimeUnixNano ?? 0);
	let agent = root;
	return [
		root,
		...Array.from({ length: spans - 1 }, (_, index) => {
			const span = llmSpan({
				traceId: root.traceId,
				spanId: randomHex(8),
				parentSpanId: index % 20 === 0 ? root.spanId : agent.spanId,
				name: index % 20 === 0 ? `agent ${index / 20}` : `call ${index}`,
				startTimeUnixNano: String(start + BigInt(index) * 100_000n),
				endTimeUnixNano: String(start + BigInt(index) * 100_000n + 5_000_000n),
			});
			if (index % 20 === 0) agent = span;
			return span;
		}),
	];
}
