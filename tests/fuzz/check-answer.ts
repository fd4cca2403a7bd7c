import type { FuzzCase } from "@/tests/fuzz/fuzz-case";
import { CANARY } from "@/tests/fuzz/generate-value";
import { decodeExportResponse, decodeStatus, type PartialSuccess } from "@/tests/support/otlp-answer";

export interface FuzzAnswer {
	status: number;
	/** Names in lower case. */
	headers: Readonly<Record<string, string>>;
	body: Buffer;
}

const COUNTERS = {
	traces: { accepted: "accepted-spans", rejected: "rejected-spans", dropped: null },
	logs: { accepted: "accepted-log-records", rejected: "rejected-log-records", dropped: "dropped-log-records" },
} as const;

/** What is wrong with the answer to a case, in one sentence each; none when it is as it must be. */
export function checkAnswer(fuzzed: FuzzCase, answer: FuzzAnswer): string[] {
	const faults: string[] = [];
	const { status, headers, body } = answer;
	if (!fuzzed.statuses.includes(status)) faults.push(`status ${status} instead of ${fuzzed.statuses.join(" or ")}`);
	if (body.includes(CANARY) || JSON.stringify(headers).includes(CANARY)) faults.push("the answer quotes content");
	const text = body.toString("utf8");
	try {
		const inProtobuf = speaksProtobuf(fuzzed, answer);
		if (status !== 200) faults.push(...(inProtobuf ? faultsOfStatus(body) : faultsOfError(text)));
		else faults.push(...faultsOfSuccess(fuzzed, answer, inProtobuf));
	} catch (error) {
		faults.push(`an answer of status ${status} that nobody can read: ${String(error)}`);
	}
	return faults;
}

/** Whether the answer is in protobuf; throws when it is in another encoding than the sender understands. */
function speaksProtobuf({ speaks, headers: sent }: FuzzCase, { headers }: FuzzAnswer): boolean {
	const type = headers["content-type"]?.split(";")[0] ?? "";
	const mayBeJson = speaks !== "protobuf" || sent.accept === "application/json";
	if (type === "application/json" && mayBeJson) return false;
	if (type === "application/x-protobuf" && speaks === "protobuf") return true;
	throw new Error(`content type ${type} for a sender of ${speaks}`);
}

function faultsOfStatus(body: Buffer): string[] {
	const { code, message } = decodeStatus(body);
	return code > 0 && message !== "" ? [] : [`a google.rpc.Status with code ${code} and message "${message}"`];
}

function faultsOfError(text: string): string[] {
	const { error, message, timestamp, ...rest } = JSON.parse(text) as Record<string, unknown>;
	const asAgreed =
		typeof error === "string" &&
		typeof message === "string" &&
		message !== "" &&
		!Number.isNaN(Date.parse(String(timestamp))) &&
		Object.keys(rest).length === 0;
	return asAgreed ? [] : [`an error of another shape: ${text.slice(0, 200)}`];
}

function faultsOfSuccess({ signal, counts }: FuzzCase, { headers, body }: FuzzAnswer, inProtobuf: boolean): string[] {
	const names = COUNTERS[signal];
	const count = (name: string | null) => (name === null ? 0 : Number(headers[`x-spanwise-${name}`] ?? Number.NaN));
	const told = { accepted: count(names.accepted), rejected: count(names.rejected), dropped: count(names.dropped) };
	const faults: string[] = [];
	if (Object.values(told).some((number) => !Number.isInteger(number) || number < 0)) {
		faults.push(`counters that are none: ${JSON.stringify(told)}`);
	}
	if (counts && "total" in counts && told.accepted + told.rejected + told.dropped !== counts.total) {
		faults.push(`${JSON.stringify(told)} of ${counts.total} log records`);
	}
	if (counts && "accepted" in counts && (told.accepted !== counts.accepted || told.rejected !== counts.rejected)) {
		faults.push(`${JSON.stringify(told)} instead of ${counts.accepted} and ${counts.rejected}`);
	}
	const partial = inProtobuf ? decodeExportResponse(body) : partialOf(body);
	if ((partial?.rejectedSpans ?? 0) !== told.rejected)
		faults.push(`a partial success of another count than ${told.rejected}`);
	if (told.rejected > 0 && !partial?.errorMessage) faults.push("rejected without a reason");
	if (counts && "cut" in counts && told.rejected === 0 && counts.cut !== (partial !== null)) {
		faults.push(counts.cut ? "what was cut is not told" : "a warning about nothing");
	}
	return faults;
}

function partialOf(body: Buffer): PartialSuccess | null {
	const { partialSuccess } = JSON.parse(body.toString("utf8")) as { partialSuccess?: Record<string, string> };
	if (!partialSuccess) return null;
	const { rejectedSpans, rejectedLogRecords, errorMessage = "" } = partialSuccess;
	return { rejectedSpans: Number(rejectedSpans ?? rejectedLogRecords), errorMessage };
}
