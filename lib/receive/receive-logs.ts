import { ingestLogs } from "@/lib/ingest/ingest-logs";
import { announceSpans } from "@/lib/receive/announce-spans";
import { receiveOtlp } from "@/lib/receive/receive-otlp";

/** The OTLP/HTTP endpoint of log records. */
export const receiveLogs = receiveOtlp("logs", async ({ encoding, body, receivedAt, fallback }) => {
	const receipt = await ingestLogs(encoding, await body(), { receivedAt, fallback });
	const { acceptedLogRecords, droppedLogRecords, rejectedLogRecords, rejections, warnings, projectIds } = receipt;
	return {
		counters: { acceptedLogRecords, droppedLogRecords, rejectedLogRecords },
		rejected: "rejectedLogRecords",
		rejections,
		warnings,
		afterwards: () => announceSpans(projectIds),
	};
});
