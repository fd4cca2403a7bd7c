import { randomInt } from "node:crypto";
import { type Conversation, createConversation } from "@/tests/bench/conversation";
import { createAgents } from "@/tests/bench/deployment";
import { createProse } from "@/tests/bench/prose";
import { attributes, type OtlpRequest, type OtlpSpan } from "@/tests/support/otlp-request";

/** Conversations that one process of a deployment holds at once: their spans arrive mixed. */
const CONCURRENT = 24;
const SEEDS = 2 ** 31;

export interface CorpusOptions {
	/** Everything follows from it: agents, texts, ids and times. */
	seed: number;
	project: string;
	/** When the first conversation begins, in nanoseconds since the epoch; 15 November 2025 by default. */
	startUnixNano?: bigint;
	/** Of the agents alone, so that several senders may belong to one deployment; the same as `seed` by default. */
	deployment?: number;
}

export interface Corpus {
	/** The next spans of the deployment, as one export request in OTLP/JSON. */
	request(count: number): OtlpRequest;
}

/**
 * Traffic of one deployment: several dozen agents, conversations of a few turns, model calls that resend instructions, tool
 * definitions and history, tool calls, new text with the entropy of English, attributes as the GenAI conventions name them.
 * About 2.7 KB of OTLP protobuf a span on average over many; spans come in the order in which they end.
 */
export function createCorpus({ seed, project, startUnixNano, deployment = seed }: CorpusOptions): Corpus {
	const agents = createAgents(deployment);
	const prose = createProse(seed ^ 0x5bd1e995);
	let now = startUnixNano ?? 1_763_193_600_000_000_000n;
	const begin = (): Conversation => {
		now += BigInt(prose.integer(200_000_000));
		return createConversation(prose.pick(agents), prose, now);
	};
	const running = Array.from({ length: CONCURRENT }, begin);
	const pending: OtlpSpan[] = [];
	const resource = {
		attributes: attributes({
			"service.name": "bench",
			"service.version": "4.2.1",
			"service.instance.id": prose.token(32),
			"deployment.environment.name": "production",
			"telemetry.sdk.language": "nodejs",
			"telemetry.sdk.name": "opentelemetry",
			"telemetry.sdk.version": "2.2.0",
			"host.name": `worker-${prose.token(10)}`,
			"process.pid": 1 + prose.integer(60_000),
			"spanwise.project": project,
		}),
	};
	const scope = { name: "@opentelemetry/instrumentation-genai", version: "0.14.0" };

	function step(): OtlpSpan[] {
		for (;;) {
			const at = prose.integer(CONCURRENT);
			const spans = running[at]?.next() ?? [];
			if (spans.length > 0) return spans;
			running[at] = begin();
		}
	}

	return {
		request(count) {
			while (pending.length < count) pending.push(...step());
			return { resourceSpans: [{ resource, scopeSpans: [{ scope, spans: pending.splice(0, count) }] }] };
		},
	};
}

/** An OTLP/JSON export request of `count` spans of about 2.7 KB each that just ended, ids and texts fresh. */
export function generateRequest(count: number, project: string): OtlpRequest {
	const startUnixNano = BigInt(Date.now() - 60_000) * 1_000_000n;
	return createCorpus({ seed: randomInt(SEEDS), project, startUnixNano }).request(count);
}
