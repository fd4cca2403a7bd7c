import { env } from "@/lib/env";
import { findNamedProjects } from "@/lib/ingest/find-named-projects";
import { inTurn } from "@/lib/ingest/in-turn";
import type { Delivery } from "@/lib/ingest/ingest-traces";
import { joinLogs } from "@/lib/ingest/join-logs";
import { linkProjects } from "@/lib/ingest/link-projects";
import { decodeLogs } from "@/lib/otlp/decode-logs";
import type { Rejection } from "@/lib/otlp/decoded";
import type { Encoding } from "@/lib/otlp/encoding";
import { listProjects } from "@/lib/projects/list-projects";
import { DAY_MS } from "@/lib/time";
import { findLoggedSpans } from "@/lib/traces/find-logged-spans";
import { logsAreSeen } from "@/lib/traces/has-logs";
import type { KeptLog } from "@/lib/traces/log-row";
import { writeLogs } from "@/lib/traces/write-logs";

/** What became of one request; counters speak of this request only. */
export interface LogReceipt {
	acceptedLogRecords: number;
	/** Readable, but about no span or no LLM application: not kept. */
	droppedLogRecords: number;
	rejectedLogRecords: number;
	rejections: Rejection[];
	/** What was cut because of a limit, in records that are kept. */
	warnings: string[];
	/** Projects whose stored spans were derived again. */
	projectIds: string[];
}

/**
 * Takes an OTLP ExportLogsServiceRequest: decode, link to projects as spans are, store, and derive the spans again that the
 * records name, if these came before. Returns once ClickHouse has the rows. Errors as `ingestTraces`; the same record sent
 * again is one.
 */
export async function ingestLogs(
	encoding: Encoding,
	body: Buffer,
	{ receivedAt = new Date(), fallback = null }: Delivery = {},
): Promise<LogReceipt> {
	const { logs: reported, dropped, rejections, warnings } = await inTurn(() => decodeLogs(encoding, body));
	const named = await findNamedProjects(new Set(reported.map(({ resource }) => resource)), fallback);
	const [projects] = await linkProjects([reported], named);
	const expiresAt = new Date(receivedAt.getTime() + env().SPANWISE_TRACE_RETENTION_DAYS * DAY_MS);
	const logs = reported.map((log): KeptLog => ({ ...log, projectId: projects?.get(log.traceId) ?? "", expiresAt }));
	await writeLogs(logs);
	if (logs.length > 0) await logsAreSeen();
	const joined = await joinLogs(await findLoggedSpans(await reach(logs), logs));
	return {
		acceptedLogRecords: logs.length,
		droppedLogRecords: dropped,
		rejectedLogRecords: rejections.length,
		rejections,
		warnings,
		projectIds: [...new Set(joined.map((span) => span.projectId))].filter((id) => id !== ""),
	};
}

/** Projects whose spans the records may belong to: their own and none; any when they named none. */
async function reach(logs: readonly KeptLog[]): Promise<string[]> {
	const own = new Set(["", ...logs.map((log) => log.projectId)]);
	if (logs.every((log) => log.projectId !== "")) return [...own];
	return [...own, ...(await listProjects()).map((project) => project.id)];
}
