import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import type { ClickHouseSettings } from "@clickhouse/client";
import { clickhouseError, isLostConnection } from "@/lib/clickhouse/clickhouse-error";
import { clickhouse, isLocalClickhouse } from "@/lib/clickhouse/client";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { sleep } from "@/lib/time";

type Table = "spans" | "scores" | "span_logs" | "ingest_refusals" | "ingest_acknowledgements" | "ingest_processes";

interface Waiting {
	rows: number;
	bytes: Buffer;
	since: number;
	resolve(): void;
	reject(error: unknown): void;
}

/** Rows for one INSERT statement, gathered from concurrent calls. */
interface Queue {
	table: Table;
	/** `spans (project_id, trace_id) FORMAT RowBinary` */
	into: string;
	waiting: Waiting[];
	rows: number;
	bytes: number;
	inFlight: number;
	timer: NodeJS.Timeout | undefined;
	/** No block that is not full leaves before that, by `performance.now()`. */
	restsUntil: number;
}

interface Writer {
	queues: Map<string, Queue>;
	/** Bytes of rows that wait or are on their way. */
	held: number;
	/** Set while ClickHouse takes nothing: since when, and when that was last seen, by `performance.now()`. */
	outage: { since: number; seen: number } | null;
}

/** How long the first rows of a block wait for others to share it. */
const GATHER_MS = 3;
/** With so many rows a block goes at once when nothing is on its way: ClickHouse works while the next ones are prepared. */
const WORTHWHILE_ROWS = 1024;
// A block costs ClickHouse as much as some five hundred rows before its first one. Where several callers shared a small
// one, more are on their way: the next waits as long as the last took, and is larger.
const SMALL_ROWS = 2048;
const REST_MS_MAX = 15;
// A block this large goes at once, even beside another one: waiting would make it no cheaper.
const FULL_ROWS = 8192;
const FULL_BYTES = 16 * 1024 * 1024;
const IN_FLIGHT_MAX = 2;
/** Rows that wait for ClickHouse, together with those on their way, before senders are told to come back. */
const HELD_BYTES_MAX = 64 * 1024 * 1024;
// Exporters give up after ten seconds without an answer, and most of them do not repeat then.
const ANSWER_MS_MAX = 8000;
const RETRY_PAUSE_MS = 200;
// During an outage one block tries whether it is over; everybody else is sent away without waiting.
const PROBE_EVERY_MS = 1000;
const OUT_OF_REACH = "The span store (ClickHouse) cannot be reached right now";
// Exporters try a batch five or six times: the longer it takes already, the later they should come back.
const RETRY_AFTER_MS = { min: 2000, max: 30_000 };
// Servers far away are shared by several processes: they gather small blocks of all of them.
const SHARED_BLOCK_ROWS_MAX = 1000;

// Next bundles instrumentation and routes separately: what shutdown drains must be what routes fill.
const shared = globalThis as typeof globalThis & { spanwiseInserts?: Writer };
shared.spanwiseInserts ??= { queues: new Map(), held: 0, outage: null };
const writer = shared.spanwiseInserts;

/**
 * Appends rows and returns once ClickHouse has stored them. Rows of concurrent calls share a block; when the block fails,
 * each of its callers is told. `unavailable`, to be repeated, when too much waits already or ClickHouse has not answered
 * within eight seconds: the rows may be stored then or not.
 */
export function insert(table: Table, rows: readonly object[]): Promise<void> {
	if (rows.length === 0) return Promise.resolve();
	const lines = rows.map((row) => JSON.stringify(row)).join("\n");
	return append(table, `${table} FORMAT JSONEachRow`, rows.length, Buffer.from(`${lines}\n`));
}

/** As `insert`, for `rows` rows of the given columns that are in RowBinary already. */
export function insertRowBinary(table: Table, columns: readonly string[], rows: number, bytes: Buffer): Promise<void> {
	if (rows === 0) return Promise.resolve();
	return append(table, `${table} (${columns.join(", ")}) FORMAT RowBinary`, rows, bytes);
}

/**
 * Throws `unavailable` when new rows would be refused, because too many wait already or ClickHouse takes none: so that nobody
 * reads and decodes what cannot be kept.
 */
export function refuseWhenFull(): void {
	if (writer.held >= HELD_BYTES_MAX) throw comeBackLater("Too many rows wait for ClickHouse");
	if (!writer.outage) return;
	const probing = writer.held > 0 || performance.now() - writer.outage.seen < PROBE_EVERY_MS;
	if (probing) throw comeBackLater(OUT_OF_REACH);
}

function comeBackLater(message: string, cause?: unknown): AppError {
	const lasts = writer.outage ? performance.now() - writer.outage.since : 0;
	const retryAfterMs = Math.min(RETRY_AFTER_MS.max, Math.max(RETRY_AFTER_MS.min, lasts));
	return new AppError("unavailable", message, { cause, retryAfterMs });
}

async function append(table: Table, into: string, rows: number, bytes: Buffer): Promise<void> {
	refuseWhenFull();
	const queue = writer.queues.get(into) ?? {
		table,
		into,
		waiting: [],
		rows: 0,
		bytes: 0,
		inFlight: 0,
		timer: undefined,
		restsUntil: 0,
	};
	writer.queues.set(into, queue);
	writer.held += bytes.length;
	try {
		await new Promise<void>((resolve, reject) => {
			queue.waiting.push({ rows, bytes, since: performance.now(), resolve, reject });
			queue.rows += rows;
			queue.bytes += bytes.length;
			schedule(queue);
		});
	} finally {
		writer.held -= bytes.length;
	}
}

function schedule(queue: Queue): void {
	if (queue.waiting.length === 0 || queue.inFlight >= IN_FLIGHT_MAX) return;
	const full = queue.rows >= FULL_ROWS || queue.bytes >= FULL_BYTES;
	const worthwhile = queue.inFlight === 0 && queue.rows >= WORTHWHILE_ROWS;
	if (full || worthwhile) flush(queue);
	// What arrives while a block is being stored shares the next one.
	else if (queue.inFlight === 0) {
		queue.timer ??= setTimeout(flush, Math.max(GATHER_MS, queue.restsUntil - performance.now()), queue);
	}
}

function flush(queue: Queue): void {
	clearTimeout(queue.timer);
	queue.timer = undefined;
	const block = takeBlock(queue);
	const startedAt = performance.now();
	queue.inFlight += 1;
	store(queue, block)
		.then(
			() => {
				const now = performance.now();
				queue.restsUntil = isShared(block) ? now + Math.min(now - startedAt, REST_MS_MAX) : 0;
				for (const waiting of block) waiting.resolve();
			},
			(error: unknown) => {
				for (const waiting of block) waiting.reject(error);
				if (writer.outage) sendAway(queue);
			},
		)
		.finally(() => {
			queue.inFlight -= 1;
			schedule(queue);
		});
}

const isShared = (block: readonly Waiting[]): boolean =>
	block.length > 1 && block.reduce((sum, { rows }) => sum + rows, 0) < SMALL_ROWS;

// Whoever stood behind a block that ClickHouse did not take would wait as long once more.
function sendAway(queue: Queue): void {
	for (const waiting of queue.waiting) waiting.reject(comeBackLater(OUT_OF_REACH));
	clearTimeout(queue.timer);
	Object.assign(queue, { waiting: [], rows: 0, bytes: 0, timer: undefined });
}

function takeBlock(queue: Queue): Waiting[] {
	const block: Waiting[] = [];
	let rows = 0;
	let bytes = 0;
	for (const next of queue.waiting) {
		if (rows >= FULL_ROWS || bytes >= FULL_BYTES) break;
		block.push(next);
		rows += next.rows;
		bytes += next.bytes.length;
	}
	queue.waiting.splice(0, block.length);
	queue.rows -= rows;
	queue.bytes -= bytes;
	return block;
}

/** One INSERT. When its connection is lost it is sent again under the same token, which ClickHouse stores once. */
async function store(queue: Queue, block: Waiting[]): Promise<void> {
	const token = randomUUID();
	const name = `insert ${queue.table}`;
	const rows = block.reduce((sum, waiting) => sum + waiting.rows, 0);
	// In one piece: a stream takes a turn of the event loop for each.
	const bytes = Buffer.concat(block.map((waiting) => waiting.bytes));
	const signal = AbortSignal.timeout(ANSWER_MS_MAX);
	for (let attempt = 1; ; attempt++) {
		try {
			const { stream } = await clickhouse().exec({
				query: `INSERT INTO ${queue.into}`,
				values: Readable.from([bytes], { objectMode: false }),
				abort_signal: signal,
				// One block is one part: more threads only cost their start.
				// And left as it came: to merge it with itself takes a quarter of the time, and readers do not count on it.
				clickhouse_settings: {
					log_comment: name,
					max_threads: 1,
					optimize_on_insert: 0,
					...sharingSettings(rows, token),
				},
			});
			stream.resume();
			writer.outage = null;
			return;
		} catch (error) {
			if (!isLostConnection(error) || signal.aborted) throw noteFailure(name, error);
			logger.warn("insert is sent again", { table: queue.table, attempt });
			await sleep(RETRY_PAUSE_MS);
			if (signal.aborted) throw noteFailure(name, error);
		}
	}
}

function noteFailure(name: string, error: unknown): unknown {
	const failure = clickhouseError(name, error);
	if (failure.code !== "unavailable") return failure;
	const seen = performance.now();
	writer.outage = { since: writer.outage?.since ?? seen, seen };
	return comeBackLater(failure.publicMessage, failure.cause);
}

function sharingSettings(rows: number, token: string): ClickHouseSettings {
	if (!isLocalClickhouse() && rows <= SHARED_BLOCK_ROWS_MAX) return { async_insert: 1, wait_for_async_insert: 1 };
	return {
		async_insert: 0,
		insert_deduplicate: 1,
		insert_deduplication_token: token,
		deduplicate_blocks_in_dependent_materialized_views: 1,
	};
}

/** Resolves once nothing is being written any more. */
export async function drainInserts(): Promise<void> {
	while ([...writer.queues.values()].some((queue) => queue.inFlight > 0 || queue.waiting.length > 0)) {
		await sleep(10);
	}
}
