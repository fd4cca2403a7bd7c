import { clickhouse } from "@/lib/clickhouse/client";
import { derive } from "@/lib/genai/derive";
import { ingestTraces } from "@/lib/ingest/ingest-traces";
import { interpretSpan } from "@/lib/ingest/interpret-span";
import { decodeJson } from "@/lib/otlp/decode-json";
import { decodeProtobuf } from "@/lib/otlp/decode-protobuf";
import { createProject } from "@/lib/projects/create-project";
import { toSpanRow } from "@/lib/traces/span-row";
import { generateRequest } from "@/tests/bench/generate-spans";
import { encodeOtlp } from "@/tests/support/encode-otlp";

const BATCH = 512;
const BATCHES = 24;
const SENDERS = 8;
const DERIVE_MICROS_MAX = 25;

export interface Figure {
	name: string;
	value: number;
	unit: string;
	/** Against the named limit, measured in the same run. */
	ratio?: { of: string; value: number };
}

/** Decoding, deriving and storing spans, each beside the limit it is measured against. Needs both stores open. */
export async function benchIngest(): Promise<Figure[]> {
	const project = await createProject({ name: "bench" });
	const request = generateRequest(BATCH, project.name);
	const json = Buffer.from(JSON.stringify(request));
	const protobuf = encodeOtlp(request);
	const { spans } = decodeProtobuf(protobuf);
	const parse = await rate(() => JSON.parse(json.toString("utf8")));
	const decodedJson = await rate(() => decodeJson(json.toString("utf8")));
	const decodedProtobuf = await rate(() => decodeProtobuf(protobuf));
	const derived = await rate(() => each(spans, (span) => derive(span)));
	const custody = { projectId: project.id, origin: "otlp", expiresAt: new Date(Date.now() + 8.64e7) } as const;
	const interpreted = await rate(() => each(spans, (span) => interpretSpan(span, [], [], custody)));
	const rows = spans.map((span) => JSON.stringify(toSpanRow(interpretSpan(span, [], [], custody))));
	const bare = await bareInsert(rows);
	const stored = await acknowledged(() => Buffer.from(encodeOtlp(generateRequest(BATCH, project.name))));
	return [
		{
			name: "decode JSON",
			value: decodedJson,
			unit: "spans/s",
			ratio: { of: "JSON.parse alone", value: decodedJson / parse },
		},
		{
			name: "decode protobuf",
			value: decodedProtobuf,
			unit: "spans/s",
			ratio: { of: "decode JSON", value: decodedProtobuf / decodedJson },
		},
		{ name: "decode protobuf, one LLM span", value: 1e6 / decodedProtobuf, unit: "microseconds" },
		{
			name: "derive, one LLM span of 13 attributes",
			value: 1e6 / derived,
			unit: "microseconds",
			ratio: { of: `the ${DERIVE_MICROS_MAX} microseconds allowed`, value: 1e6 / derived / DERIVE_MICROS_MAX },
		},
		{
			name: "derive and price, the same span",
			value: 1e6 / interpreted,
			unit: "microseconds",
			ratio: { of: "derive alone", value: derived / interpreted },
		},
		{ name: `ready rows into ClickHouse, blocks of ${BATCH}`, value: bare, unit: "spans/s" },
		{
			name: `ingest, acknowledged, ${SENDERS} senders x ${BATCH}`,
			value: stored,
			unit: "spans/s",
			ratio: { of: "ready rows", value: stored / bare },
		},
	];
}

// Keeps no result: what is measured is the work, not the collection of what a batch leaves behind.
function each<Item>(items: readonly Item[], work: (item: Item) => unknown): void {
	for (const item of items) work(item);
}

/** Spans per second of a synchronous piece of work on one batch, over about a second. */
async function rate(work: () => unknown): Promise<number> {
	for (let warm = 0; warm < 5; warm++) work();
	const started = performance.now();
	let rounds = 0;
	while (performance.now() - started < 1000) {
		work();
		rounds++;
	}
	return (rounds * BATCH * 1000) / (performance.now() - started);
}

async function bareInsert(rows: string[]): Promise<number> {
	const block = `${rows.join("\n")}\n`;
	const started = performance.now();
	for (let i = 0; i < BATCHES; i++) {
		await clickhouse()
			.exec({ query: `INSERT INTO spans FORMAT JSONEachRow\n${block}` })
			.then((result) => result.stream.resume());
	}
	return (BATCHES * BATCH * 1000) / (performance.now() - started);
}

async function acknowledged(body: () => Buffer): Promise<number> {
	const bodies = Array.from({ length: BATCHES }, body);
	const started = performance.now();
	const send = async () => {
		for (let next = bodies.pop(); next; next = bodies.pop()) await ingestTraces("protobuf", next);
	};
	await Promise.all(Array.from({ length: SENDERS }, send));
	return (BATCHES * BATCH * 1000) / (performance.now() - started);
}
