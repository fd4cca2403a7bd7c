import { receiveOtlp } from "@/app/_otlp/receive-otlp";
import { ingestLogs } from "@/lib/ingest/ingest-logs";

/** The OTLP/HTTP endpoint of log records. */
export const receiveLogs = receiveOtlp(async (encoding, body, fallback) => {
	const { rejections, projectIds, ...counters } = await ingestLogs(encoding, body, new Date(), fallback);
	return { counters, rejected: "rejectedLogRecords", rejections, projectIds };
});
