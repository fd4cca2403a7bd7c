import { AppError } from "@/lib/errors";
import { LIMITS } from "@/lib/otlp/limits";

const NOUNS = { spans: "spans", logRecords: "log records", log_records: "log records" };

/** `payload_too_large` when a request holds more spans or log records than are taken at once. */
export function refuseTooMany(count: number, records: keyof typeof NOUNS): void {
	if (count <= LIMITS.records) return;
	throw new AppError(
		"payload_too_large",
		`The request holds ${count} ${NOUNS[records]}, and at most ${LIMITS.records} are taken at once: send smaller batches`,
	);
}
