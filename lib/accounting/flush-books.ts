import { type AcknowledgementKey, forgetMinutes, ledger, type RefusalKey, type Series } from "@/lib/accounting/ledger";
import { settleUnsure } from "@/lib/accounting/settle-unsure";
import { insert } from "@/lib/clickhouse/insert";
import { isAppError } from "@/lib/errors";
import { logger } from "@/lib/logger";

const FLUSH_MS = 1000;
const FLUSH_MS_MAX = 5000;
/** What is in flight for less is no news to other processes. */
const HEARTBEAT_AGE_MS = 1000;
const HEARTBEAT_ROWS_MAX = 1000;
/** Counts of minutes that are over for this long leave memory. */
const CLOSED_AFTER_MS = 5 * 60_000;

/** Sees to it that what is in memory is written down within about a second, or when the store is back. */
export function scheduleFlush(): void {
	if (ledger.timer !== undefined) return;
	const delayMs = Math.min(FLUSH_MS_MAX, FLUSH_MS * 2 ** Math.min(ledger.failures, 10));
	ledger.timer = setTimeout(async () => {
		await flushBooks();
		ledger.timer = undefined;
		if (hasWork()) scheduleFlush();
	}, delayMs);
	ledger.timer.unref();
}

/** Whether memory holds something that the store does not know. */
export function hasWork(): boolean {
	return (
		ledger.doors.size > 0 ||
		ledger.heartbeatHeld ||
		dirty(ledger.refusals).length + dirty(ledger.acknowledgements).length > 0
	);
}

/**
 * Writes down what changed and finds out about spans whose senders were told to send again; with `closing` at once, without
 * waiting for late ones. False when the store did not take everything; never throws.
 */
export function flushBooks({ closing = false }: { closing?: boolean } = {}): Promise<boolean> {
	ledger.flushing ??= flush(closing).finally(() => {
		ledger.flushing = undefined;
	});
	return ledger.flushing;
}

async function flush(closing: boolean): Promise<boolean> {
	// The heartbeat first: what it no longer counts as in flight may be counted as rejected then.
	const steps = [
		writeHeartbeat,
		() => settleUnsure({ closing }),
		() => writeAcknowledgements(dirty(ledger.acknowledgements)),
		() => writeRefusals(dirty(ledger.refusals)),
	];
	let failed = 0;
	for (const step of steps) {
		try {
			await step();
		} catch (error) {
			failed += 1;
			if (ledger.failures === 0 && failed === 1) {
				logger.warn("the books are written down later", { error: isAppError(error) ? error.code : "internal" });
			}
		}
	}
	if (failed > 0) {
		ledger.failures += 1;
		ledger.failedAt = performance.now();
		return false;
	}
	ledger.failures = 0;
	forgetMinutes(Date.now() - CLOSED_AFTER_MS);
	return true;
}

function dirty<Key>(pages: ReadonlyMap<string, Series<Key>>): Series<Key>[] {
	return [...pages.values()].filter((series) => series.count > series.written);
}

/** Returns once the store has these counts. */
export async function writeRefusals(pages: readonly Series<RefusalKey>[]): Promise<void> {
	const rows = pages.map(({ number, key, count, samples, lastMs }) => ({
		minute: key.minuteMs / 1000,
		level: key.level,
		project_id: key.projectId,
		status: key.status,
		signal: key.signal,
		reason: key.reason,
		sender: key.sender,
		process: ledger.process,
		series: number,
		count,
		samples: [...samples],
		last_at: storeTime(lastMs),
	}));
	await insert("ingest_refusals", rows);
	confirm(
		pages,
		rows.map((row) => row.count),
	);
}

async function writeAcknowledgements(pages: readonly Series<AcknowledgementKey>[]): Promise<void> {
	const rows = pages.map(({ number, key, count }) => ({
		minute: key.minuteMs / 1000,
		project_id: key.projectId,
		process: ledger.process,
		series: number,
		spans: count,
	}));
	await insert("ingest_acknowledgements", rows);
	confirm(
		pages,
		rows.map((row) => row.spans),
	);
}

function confirm<Key>(pages: readonly Series<Key>[], counts: readonly number[]): void {
	pages.forEach((series, index) => {
		series.written = Math.max(series.written, counts[index] ?? 0);
	});
}

async function writeHeartbeat(): Promise<void> {
	const old = performance.now() - HEARTBEAT_AGE_MS;
	const held = [...ledger.doors.values()].filter(({ changedAt }) => changedAt < old).slice(0, HEARTBEAT_ROWS_MAX);
	if (held.length === 0 && !ledger.heartbeatHeld) return;
	ledger.heartbeats += 1;
	const heartbeat = { process: ledger.process, heartbeat: ledger.heartbeats };
	const rows = held.map(({ projectId, receivedMs, opened, open, unsure }) => {
		const spans = open + [...unsure.values()].reduce((sum, count) => sum + count, 0);
		return { ...heartbeat, project_id: projectId, received_at: storeTime(receivedMs), opened, spans };
	});
	const nothing = { ...heartbeat, project_id: "", received_at: storeTime(0), opened: 0, spans: 0 };
	await insert("ingest_processes", rows.length === 0 ? [nothing] : rows);
	ledger.heartbeatHeld = rows.length > 0;
}

/** A moment as ClickHouse reads it in JSON, to the millisecond. */
function storeTime(ms: number): string {
	return new Date(ms).toISOString().slice(0, -1).replace("T", " ");
}
