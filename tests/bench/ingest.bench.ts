import type { Figure } from "@/tests/bench/figure";
import { amount } from "@/tests/bench/figure";
import type { Encoding, LoadOptions, LoadResult } from "@/tests/bench/load";
import { measureStorage, type Storage } from "@/tests/bench/measure-storage";
import { cpuSeconds, residentBytes, watchMemory } from "@/tests/bench/process-usage";
import type { ServedProduct } from "@/tests/bench/served-product";
import type { BareServer } from "@/tests/bench/start-bare-server";
import type { LoadGenerator } from "@/tests/bench/start-load-generator";
import { waitForMerges } from "@/tests/bench/wait-for-merges";

const BATCH = 512;
/** More requests than the most senders have under way; together some 50,000 spans that share no text but what is repeated. */
const REQUESTS = 100;
const SENDERS = [1, 8, 64];
const SINGLES = 8192;
const BLOCK_ROWS = 10_000;
/** What the product's writer tells ClickHouse beside the rows; without it ClickHouse merges each block with itself. */
const WRITER_SETTINGS = { optimize_on_insert: "0", max_threads: "1" };
const ENCODINGS: readonly Encoding[] = ["protobuf", "json"];
/**
 * Single spans: the more connections, the more of them share an insert; the best counts. Bare sockets leave the servers
 * nearly all of the machine; `node:http` is what OpenTelemetry's exporters for Node send with.
 */
const SINGLE_LOADS: readonly (Pick<LoadOptions, "senders" | "client"> & { encoding: Encoding })[] = [
	{ encoding: "protobuf", senders: 64 },
	{ encoding: "protobuf", senders: 512 },
	{ encoding: "protobuf", senders: 1024 },
	{ encoding: "protobuf", senders: 512, client: "node:http" },
	{ encoding: "protobuf", senders: 1024, client: "node:http" },
	{ encoding: "json", senders: 512 },
	{ encoding: "json", senders: 1024, client: "node:http" },
];
const SEED = 1;
const WARM_UP_SECONDS = 1;
const LOAD_SECONDS = 5;
const SINGLE_SECONDS = 4;
const BLOCK_SECONDS = 5;
const COLUMNS_SHOWN = 8;
const MIB = 1024 * 1024;

export interface Parties {
	product: ServedProduct;
	generator: LoadGenerator;
	bare: BareServer;
}

/** Bodies that every mode sends: made once, before anything is measured. */
export async function prepareBodies(generator: LoadGenerator, project: string): Promise<{ otlpBytesPerSpan: number }> {
	let otlpBytesPerSpan = Number.NaN;
	for (const encoding of ENCODINGS) {
		const exports = { kind: "exports", encoding, project, seed: SEED } as const;
		const batches = { ...exports, name: `${encoding} batches`, requests: REQUESTS, spansEach: BATCH };
		const { bytes, spans } = await generator.prepare(batches);
		if (encoding === "protobuf") otlpBytesPerSpan = bytes / spans;
		await generator.prepare({ ...exports, name: `${encoding} singles`, requests: SINGLES, spansEach: 1 });
	}
	return { otlpBytesPerSpan };
}

/** Everything that is measured of one running product, in the order in which it says something. */
export async function benchIngest(
	{ product, generator, bare }: Parties,
	{ project, otlpBytesPerSpan }: { project: string; otlpBytesPerSpan: number },
): Promise<Figure[]> {
	const memory = watchProduct(product);
	const projectId = await createProject(product.url, project);
	// Each batch once: fills the store with spans as they come, and warms everybody up.
	const filled = await generator.load({ bodies: "protobuf batches", url: product.url, senders: 8 });
	const storage = storageFigures(await measureStorage(product.clickhouseUrl), filled.spans, otlpBytesPerSpan);
	const blocks = { kind: "blocks", name: "blocks", clickhouseUrl: product.clickhouseUrl, projectId } as const;
	await generator.prepare({ ...blocks, blocks: 3, rowsEach: BLOCK_ROWS });
	const tuned = { ...blocks, name: "tuned blocks", settings: WRITER_SETTINGS };
	await generator.prepare({ ...tuned, blocks: 3, rowsEach: BLOCK_ROWS });
	const pids = { sender: generator.pid, web: product.webPid, ClickHouse: product.clickhousePid };
	const measured = async (options: LoadOptions) => {
		await waitForMerges(product.clickhouseUrl);
		return measure(options, pids, generator);
	};
	const insertBlocks = (senders: number, bodies = "blocks") =>
		measured({ bodies, url: product.clickhouseUrl, senders, seconds: BLOCK_SECONDS, warmUpSeconds: 1 });

	// Before and after the batches: what the machine gives changes while it works.
	const blocksBefore = await insertBlocks(1);
	const batches: [string, Measured][] = [];
	for (const encoding of ENCODINGS) {
		for (const senders of SENDERS) {
			const timing = { seconds: LOAD_SECONDS, warmUpSeconds: WARM_UP_SECONDS };
			const seen = await measured({ bodies: `${encoding} batches`, url: product.url, senders, ...timing });
			batches.push([`${encoding}, ${senders} senders x ${BATCH} spans`, seen]);
		}
	}
	const blocksAfter = await insertBlocks(1);
	const blocksByTwo = await insertBlocks(2);
	const blocksTuned = await insertBlocks(1, "tuned blocks");
	const limit = (rate(blocksBefore) + rate(blocksAfter)) / 2;

	const half = await measured({
		bodies: "protobuf batches",
		url: product.url,
		senders: 8,
		spansPerSecond: limit / 2,
		seconds: LOAD_SECONDS,
		warmUpSeconds: WARM_UP_SECONDS,
	});

	const singles: Figure[] = [];
	for (const { encoding, senders, client } of SINGLE_LOADS) {
		const timing = { seconds: SINGLE_SECONDS, warmUpSeconds: WARM_UP_SECONDS };
		const options = { bodies: `${encoding} singles`, client, senders, ...timing };
		const served = await measured({ ...options, url: product.url });
		const answered = await measure({ ...options, url: bare.url }, { sender: generator.pid, bare: bare.pid }, generator);
		const name = `${encoding}, single spans, ${senders} ${client ?? "bare"} connections`;
		singles.push(...singleFigures(name, served, answered));
	}
	return [
		{ name: "ready blocks of 10,000, one at a time", value: limit, unit: "spans/s", note: note(blocksAfter) },
		{
			name: "ready blocks of 10,000, two at a time",
			value: rate(blocksByTwo),
			unit: "spans/s",
			ratio: { of: "one at a time", value: rate(blocksByTwo) / limit },
			note: note(blocksByTwo),
		},
		{
			name: "ready blocks as the product writes them",
			value: rate(blocksTuned),
			unit: "spans/s",
			ratio: { of: "one at a time", value: rate(blocksTuned) / limit },
			note: note(blocksTuned),
		},
		...batches.flatMap(([name, seen]) => batchFigures(name, seen, limit)),
		...pacedFigures(half, limit),
		...singles,
		...storage,
		...memory.figures(),
	];
}

interface Measured extends LoadResult {
	/** Microseconds of CPU a span, by process. */
	cpu: Record<string, number>;
}

async function measure(
	options: LoadOptions,
	pids: Record<string, number>,
	generator: LoadGenerator,
): Promise<Measured> {
	const used = () => Object.values(pids).map(cpuSeconds);
	let before = used();
	let after = before;
	const result = await generator.load(options, {
		started: () => {
			before = used();
		},
		stopped: () => {
			after = used();
		},
	});
	const micros = (index: number) => (((after[index] ?? 0) - (before[index] ?? 0)) * 1e6) / result.spans;
	return { ...result, cpu: Object.fromEntries(Object.keys(pids).map((name, index) => [name, micros(index)])) };
}

const rate = ({ spans, seconds }: LoadResult) => spans / seconds;

function note({ cpu }: Measured): string {
	const costs = Object.entries(cpu).map(([name, micros]) => `${name} ${micros.toFixed(0)}`);
	return `CPU a span, microseconds: ${costs.join(", ")}`;
}

function batchFigures(name: string, seen: Measured, limit: number): Figure[] {
	const goal = name.startsWith("protobuf, 8 ");
	return [
		{
			name,
			value: rate(seen),
			unit: "spans/s",
			note: note(seen),
			ratio: { of: "ready blocks", value: rate(seen) / limit, ...(goal && { goal: ">= 0.5 in server mode" }) },
		},
		{
			name: "  acknowledged after, p99",
			value: seen.p99Ms,
			unit: "ms",
			note: [`p50 ${amount(seen.p50Ms)} ms, ${amount(seen.requests)} requests`, refusals(seen)]
				.filter(Boolean)
				.join(", "),
		},
	];
}

/** What a sender waits while half of the limit is asked for: without pause, waiting says only how many wait. */
function pacedFigures(seen: Measured, limit: number): Figure[] {
	return [
		{
			name: "protobuf, 8 senders, at half of ready blocks",
			value: rate(seen),
			unit: "spans/s",
			note: note(seen),
			ratio: { of: "ready blocks", value: rate(seen) / limit },
		},
		{
			name: "  acknowledged after it was due, p99",
			value: seen.p99Ms,
			unit: "ms",
			ratio: { of: "300 ms", value: seen.p99Ms / 300, goal: "< 1" },
			note: [`p50 ${amount(seen.p50Ms)} ms`, refusals(seen)].filter(Boolean).join(", "),
		},
	];
}

function refusals({ refused }: LoadResult): string {
	const counts = Object.entries(refused).map(([status, count]) => `${count} x ${status === "0" ? "lost" : status}`);
	return counts.length > 0 ? `refused: ${counts.join(", ")}` : "";
}

function singleFigures(name: string, served: Measured, answered: Measured): Figure[] {
	const perSecond = ({ requests, seconds }: LoadResult) => requests / seconds;
	const times = ({ p50Ms }: LoadResult) => `p50 ${amount(p50Ms)} ms`;
	return [
		{
			name,
			value: perSecond(served),
			unit: "requests/s",
			note: note(served),
			ratio: { of: "bare node:http", value: perSecond(served) / perSecond(answered), goal: ">= 0.3" },
		},
		{
			name: "  acknowledged after, p99",
			value: served.p99Ms,
			unit: "ms",
			note: [times(served), refusals(served)].filter(Boolean).join(", "),
		},
		{
			name: "  bare node:http, the same requests",
			value: perSecond(answered),
			unit: "requests/s",
			note: `${times(answered)}, ${note(answered)}`,
		},
	];
}

function storageFigures({ now, merged, columns }: Storage, spans: number, otlpBytesPerSpan: number): Figure[] {
	const perSpan = (sizes: Storage["now"]) => sizes.reduce((sum, { bytes }) => sum + bytes, 0) / spans;
	const list = (sizes: Storage["now"]) => sizes.map(({ name, bytes }) => `${name} ${amount(bytes / spans)}`).join(", ");
	const of = `OTLP protobuf, ${amount(otlpBytesPerSpan)} bytes`;
	const ratio = (sizes: Storage["now"]) => perSpan(sizes) / otlpBytesPerSpan;
	return [
		{ name: "stored before merges", value: perSpan(now), unit: "bytes a span", ratio: { of, value: ratio(now) } },
		{
			name: "stored after merges",
			value: perSpan(merged),
			unit: "bytes a span",
			note: list(merged),
			ratio: { of, value: ratio(merged), goal: "<= 0.125" },
		},
		{
			name: "  columns of spans, merged",
			value: perSpan(columns),
			unit: "bytes a span",
			note: `${list(columns.slice(0, COLUMNS_SHOWN))}, ...`,
		},
	];
}

function watchProduct({ webPid, clickhousePid }: ServedProduct): { figures(): Figure[] } {
	const watched = Object.entries({ "web process": webPid, ClickHouse: clickhousePid }).map(([name, pid]) => ({
		name,
		pid,
		watch: watchMemory(pid),
		before: residentBytes(pid),
	}));
	return {
		figures: () =>
			watched.map(({ name, pid, watch, before }) => {
				watch.stop();
				return {
					name: `memory of the ${name}, peak`,
					value: watch.peak() / MIB,
					unit: "MiB",
					note: `${amount(before / MIB)} before, ${amount(residentBytes(pid) / MIB)} after`,
				};
			}),
	};
}

async function createProject(url: string, name: string): Promise<string> {
	const response = await fetch(`${url}/api/v1/projects`, {
		method: "POST",
		headers: { "Content-Type": "application/json" },
		body: JSON.stringify({ name }),
	});
	const project: { id?: string } = response.ok ? await response.json() : {};
	if (!project.id) throw new Error(`POST /api/v1/projects answers ${response.status}`);
	return project.id;
}
