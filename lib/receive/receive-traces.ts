import { ingestTraces } from "@/lib/ingest/ingest-traces";
import { announceSpans } from "@/lib/receive/announce-spans";
import { receiveOtlp } from "@/lib/receive/receive-otlp";

/** The OTLP/HTTP endpoint of traces. */
export const receiveTraces = receiveOtlp("traces", async ({ encoding, body, receivedAt, fallback, sender }) => {
	const receipt = await ingestTraces(encoding, await body(), { receivedAt, fallback, sender });
	const { acceptedSpans, rejectedSpans, traces, rejections, warnings, projectIds } = receipt;
	return {
		counters: { acceptedSpans, rejectedSpans, traces },
		rejected: "rejectedSpans",
		rejections,
		warnings,
		afterwards: () => announceSpans(projectIds),
	};
});
