import { clickhouseError } from "@/lib/clickhouse/clickhouse-error";
import { clickhouse } from "@/lib/clickhouse/client";
import { AppError } from "@/lib/errors";

type Table = "spans" | "scores" | "span_logs" | "ingest_refusals" | "ingest_acknowledgements" | "ingest_processes";

interface Waiting {
	rows: object[];
	resolve(): void;
	reject(error: unknown): void;
}

interface Queue {
	waiting: Waiting[];
	inFlight: number;
}

// One block at a time, a second one while the first is written: what arrives meanwhile shares the next block. Every insert
// is a part on disk, so many small requests must not become many parts.
const IN_FLIGHT_MAX = 2;
const BLOCK_ROWS_MAX = 20_000;
// Beyond this the sender is told to come back: memory is not a place to keep what ClickHouse does not take.
const WAITING_ROWS_MAX = 100_000;

// Next bundles instrumentation and routes separately: what shutdown drains must be what routes fill.
const shared = globalThis as typeof globalThis & { spanwiseInserts?: Map<Table, Queue> };
shared.spanwiseInserts ??= new Map();
const queues = shared.spanwiseInserts;

/**
 * Appends rows and returns once ClickHouse has stored them. Rows of concurrent calls share a block; when the block fails,
 * each of its callers is told.
 */
export function insert(table: Table, rows: object[]): Promise<void> {
	if (rows.length === 0) return Promise.resolve();
	const queue = queues.get(table) ?? { waiting: [], inFlight: 0 };
	queues.set(table, queue);
	const rowsWaiting = queue.waiting.reduce((sum, waiting) => sum + waiting.rows.length, 0);
	if (rowsWaiting > WAITING_ROWS_MAX) {
		return Promise.reject(new AppError("unavailable", "Too many rows wait for ClickHouse", { retryAfterMs: 5000 }));
	}
	return new Promise((resolve, reject) => {
		queue.waiting.push({ rows, resolve, reject });
		flush(table, queue);
	});
}

function flush(table: Table, queue: Queue): void {
	if (queue.inFlight >= IN_FLIGHT_MAX || queue.waiting.length === 0) return;
	const block: Waiting[] = [];
	for (let count = 0; queue.waiting.length > 0 && count < BLOCK_ROWS_MAX; ) {
		const next = queue.waiting.shift();
		if (!next) break;
		block.push(next);
		count += next.rows.length;
	}
	queue.inFlight += 1;
	store(
		table,
		block.flatMap((waiting) => waiting.rows),
	)
		.then(
			() => {
				for (const waiting of block) waiting.resolve();
			},
			(error: unknown) => {
				for (const waiting of block) waiting.reject(error);
			},
		)
		.finally(() => {
			queue.inFlight -= 1;
			flush(table, queue);
		});
}

async function store(table: Table, rows: object[]): Promise<void> {
	try {
		await clickhouse().insert({
			table,
			values: rows,
			format: "JSONEachRow",
			// Servers with async inserts gather blocks of several processes too; waiting keeps the answer true.
			clickhouse_settings: { log_comment: `insert ${table}`, async_insert: 1, wait_for_async_insert: 1 },
		});
	} catch (error) {
		throw clickhouseError(`insert ${table}`, error);
	}
}

/** Resolves once nothing is being written any more. */
export async function drainInserts(): Promise<void> {
	while ([...queues.values()].some((queue) => queue.inFlight > 0 || queue.waiting.length > 0)) {
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
}
