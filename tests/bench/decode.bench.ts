import { derive } from "@/lib/genai/derive";
import { deriveIndexed } from "@/lib/genai/derive-indexed";
import { interpretSpan } from "@/lib/ingest/interpret-span";
import { decodeJson } from "@/lib/otlp/decode-json";
import { decodeProtobuf } from "@/lib/otlp/decode-protobuf";
import { arrivalStamp, spanRows } from "@/lib/traces/span-columns";
import type { Figure } from "@/tests/bench/figure";
import { createCorpus } from "@/tests/bench/generate-spans";
import { encodeOtlp } from "@/tests/support/encode-otlp";

const BATCH = 512;
const SEED = 1;
const DERIVE_MICROS_MAX = 25;

/** The CPU time of a span on its way from the body to the row, each step beside the limit it is measured against. */
export function benchDecode(): Figure[] {
	const request = createCorpus({ seed: SEED, project: "bench" }).request(BATCH);
	const json = Buffer.from(JSON.stringify(request));
	const protobuf = encodeOtlp(request);
	const { spans } = decodeProtobuf(protobuf);
	const parse = rate(() => JSON.parse(json.toString("utf8")));
	const decodedJson = rate(() => decodeJson(json.toString("utf8")));
	const decodedProtobuf = rate(() => decodeProtobuf(protobuf));
	const derived = rate(() => each(spans, (span) => derive(span)));
	const indexed = rate(() => each(spans, (span) => deriveIndexed(span)));
	const custody = { projectId: "bench", origin: "otlp", expiresAt: new Date(Date.now() + 8.64e7) } as const;
	const interpreted = rate(() => each(spans, (span) => interpretSpan(span, [], [], custody)));
	const stored = spans.map((span) => interpretSpan(span, [], [], custody));
	const stamp = arrivalStamp(new Date());
	const written = rate(() => spanRows(stored, () => stamp));
	const micros = (spansPerSecond: number) => 1e6 / spansPerSecond;
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
		{ name: "decode JSON, a span", value: micros(decodedJson), unit: "microseconds" },
		{ name: "decode protobuf, a span", value: micros(decodedProtobuf), unit: "microseconds" },
		{
			name: "derive, a span",
			value: micros(derived),
			unit: "microseconds",
			ratio: { of: `the ${DERIVE_MICROS_MAX} microseconds allowed`, value: micros(derived) / DERIVE_MICROS_MAX },
		},
		{
			name: "derive what is stored, the same span",
			value: micros(indexed),
			unit: "microseconds",
			ratio: { of: "derive", value: derived / indexed },
		},
		{
			name: "derive what is stored, and price it",
			value: micros(interpreted),
			unit: "microseconds",
			ratio: { of: "derive what is stored", value: indexed / interpreted },
		},
		{ name: "write the row, the same span", value: micros(written), unit: "microseconds" },
	];
}

// Keeps no result: what is measured is the work, not the collection of what a batch leaves behind.
function each<Item>(items: readonly Item[], work: (item: Item) => unknown): void {
	for (const item of items) work(item);
}

/** Spans per second of CPU time of a piece of work on one batch: what else the machine does hardly counts. */
function rate(work: () => unknown): number {
	for (let warm = 0; warm < 5; warm++) work();
	const started = performance.now();
	const used = process.cpuUsage();
	let rounds = 0;
	while (performance.now() - started < 1000) {
		work();
		rounds++;
	}
	const { user, system } = process.cpuUsage(used);
	return (rounds * BATCH * 1e6) / (user + system);
}
