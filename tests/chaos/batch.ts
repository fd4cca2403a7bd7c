import { deflateSync, gzipSync } from "node:zlib";
import { encodeOtlp } from "@/tests/support/encode-otlp";
import { inProject } from "@/tests/support/llm-span";
import { attributes, jsonBody, type OtlpSpan, otlpRequest } from "@/tests/support/otlp-request";
import { seededRandom } from "@/tests/support/seeded-random";

export type Random = () => number;

/** What a span should be counted with. */
export interface SentSpan {
	spanId: string;
	inputTokens: number;
	outputTokens: number;
}

/** The part of a batch that belongs to one trace. */
export interface SentTrace {
	traceId: string;
	spans: SentSpan[];
}

/** One export request, ready to be sent any number of times. */
export interface Batch {
	project: string;
	traces: SentTrace[];
	spanCount: number;
	malformedCount: number;
	/** Nobody can read this one: it must be refused with 400 and leave nothing behind. */
	unreadable: boolean;
	body: Buffer;
	headers: Record<string, string>;
}

/** Names every span that must never be found in the store. */
export const MALFORMED = "malformed, must not be stored";

const WORDS = "a judge reads what the model answered and says how well it did by the criteria of its rule".split(" ");
const CORPUS_WORDS = 40_000;
const CORPUS = corpus(seededRandom(0));
const COMPRESSIONS = [
	{ encoding: undefined, compress: (body: Buffer) => body },
	{ encoding: "gzip", compress: (body: Buffer) => gzipSync(body, { level: 1 }) },
	{ encoding: "deflate", compress: (body: Buffer) => deflateSync(body, { level: 1 }) },
];

/** Each is wrong in one way that both encodings can say. */
const MISTAKES: ((random: Random) => OtlpSpan)[] = [
	(random) => ({ traceId: "0".repeat(32), spanId: hex(random, 8) }),
	(random) => ({ traceId: hex(random, 16), spanId: "0".repeat(16) }),
	(random) => ({ traceId: hex(random, 16), spanId: hex(random, 3) }),
	(random) => ({ traceId: hex(random, 16) }),
	(random) => ({ spanId: hex(random, 8) }),
];

export function hex(random: Random, bytes: number): string {
	const digits = Array.from({ length: bytes * 2 }, () => Math.floor(random() * 16).toString(16)).join("");
	// All zeros would be no id.
	return /^0+$/.test(digits) ? `1${digits.slice(1)}` : digits;
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
	const item = items[Math.floor(random() * items.length)];
	if (item === undefined) throw new Error("nothing to pick from");
	return item;
}

export function between(random: Random, from: number, to: number): number {
	return from + Math.floor(random() * (to - from + 1));
}

interface BatchPlan {
	project: string;
	traces: SentTrace[];
	malformedCount: number;
	unreadable?: boolean;
	/** Characters of input and output of a span together. */
	textLength: number;
}

/** Model calls below one agent span a trace, in either encoding, compressed or not. */
export function makeBatch(random: Random, plan: BatchPlan): Batch {
	const good = plan.traces.flatMap(({ traceId, spans }) => spans.map((span) => modelCall(random, plan, traceId, span)));
	const bad = Array.from({ length: plan.malformedCount }, () => ({
		...pick(random, MISTAKES)(random),
		name: MALFORMED,
	}));
	const request = otlpRequest(shuffle(random, [...good, ...bad]), {
		...inProject(plan.project),
		"service.name": "chaos",
	});
	const json = random() < 0.5;
	const { encoding, compress } = pick(random, COMPRESSIONS);
	const body = json ? jsonBody(request) : encodeOtlp(request);
	return {
		project: plan.project,
		traces: plan.traces,
		spanCount: good.length,
		malformedCount: bad.length,
		unreadable: plan.unreadable ?? false,
		body: compress(plan.unreadable ? body.subarray(0, Math.floor(body.length / 2)) : body),
		headers: {
			"Content-Type": json ? "application/json" : "application/x-protobuf",
			...(encoding && { "Content-Encoding": encoding }),
		},
	};
}

export function newSpan(random: Random): SentSpan {
	return { spanId: hex(random, 8), inputTokens: between(random, 1, 2000), outputTokens: between(random, 1, 500) };
}

function modelCall(random: Random, { textLength }: BatchPlan, traceId: string, span: SentSpan): OtlpSpan {
	const end = BigInt(Date.now()) * 1_000_000n;
	return {
		traceId,
		spanId: span.spanId,
		name: "chat gpt-4o",
		kind: 3,
		startTimeUnixNano: String(end - BigInt(between(random, 1, 2000)) * 1_000_000n),
		endTimeUnixNano: String(end),
		attributes: attributes({
			"gen_ai.operation.name": "chat",
			"gen_ai.request.model": "gpt-4o",
			"gen_ai.usage.input_tokens": span.inputTokens,
			"gen_ai.usage.output_tokens": span.outputTokens,
			input: prose(random, Math.floor(textLength * 0.7)),
			output: prose(random, Math.floor(textLength * 0.3)),
		}),
	};
}

function corpus(random: Random): string {
	return Array.from({ length: CORPUS_WORDS }, () => pick(random, WORDS)).join(" ");
}

/** A piece of the corpus: making texts must not take the time that sending them should. */
function prose(random: Random, length: number): string {
	const from = Math.floor(random() * (CORPUS.length - length));
	return CORPUS.slice(from, from + length);
}

function shuffle<Item>(random: Random, items: Item[]): Item[] {
	for (let last = items.length - 1; last > 0; last--) {
		const other = Math.floor(random() * (last + 1));
		[items[last], items[other]] = [items[other] as Item, items[last] as Item];
	}
	return items;
}
