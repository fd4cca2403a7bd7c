import { receiveOtlp } from "@/app/_otlp/receive-otlp";
import { ingestTraces } from "@/lib/ingest/ingest-traces";

/** The OTLP/HTTP endpoint of traces. */
export const receiveTraces = receiveOtlp(async (encoding, body, fallback) => {
	const { rejections, projectIds, ...counters } = await ingestTraces(encoding, body, new Date(), fallback);
	return { counters, rejected: "rejectedSpans", rejections, projectIds };
});
