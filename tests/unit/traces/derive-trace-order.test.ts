import { describe, expect, it } from "vitest";
import { SPAN_KINDS } from "@/lib/span/span";
import { deriveTrace } from "@/lib/traces/derive-trace";
import type { TraceSpan } from "@/lib/traces/trace-span";
import { idOf } from "@/tests/fixtures/worked-traces";
import { plainSpan, skeletonOf } from "@/tests/support/plain-span";
import { seededRandom } from "@/tests/support/seeded-random";

const LETTERS = [..."ABCDEFGHIJKLMNOPQRST"];

/** Spans with everything that decides a trace's fields, often tied and often missing; parents may form circles. */
function randomSpans(random: () => number, circles: boolean): TraceSpan[] {
	const below = (limit: number) => Math.floor(random() * limit);
	const maybe = <T>(value: T): T | null => (random() < 0.5 ? value : null);
	const letters = LETTERS.slice(0, 2 + below(LETTERS.length - 2));
	return letters.map((letter, index) => {
		const parents = circles ? [...letters, "Z"] : [...letters.slice(0, index), "Z"];
		return skeletonOf(
			plainSpan({
				spanId: idOf(letter),
				parentSpanId: random() < 0.1 ? null : idOf(parents[below(parents.length)] ?? "Z"),
				name: letter,
				kind: random() < 0.5 ? "llm" : (SPAN_KINDS[below(SPAN_KINDS.length)] ?? "span"),
				startTimeUnixNano: maybe(BigInt(below(4))),
				endTimeUnixNano: maybe(BigInt(below(9))),
				usage: maybe({ input: below(100), cache_read: below(9) }),
				aggregateUsage: maybe({ input: below(100) }),
				costUsd: maybe(random() / 7),
				aggregateCostUsd: maybe(random()),
				ttftMs: maybe(below(50)),
				sessionId: maybe(`s${below(3)}`),
				userId: maybe(`u${below(3)}`),
				tags: maybe([`t${below(9)}`, letter]),
				metadata: maybe({ [`k${below(4)}`]: letter, from: letter }),
				environment: maybe(`e${below(3)}`),
				inputText: maybe(letter),
				outputText: maybe(letter),
				status: random() < 0.2 ? "error" : "ok",
				responseModel: maybe(`m${below(3)}`),
				provider: maybe(`p${below(3)}`),
				trace: {
					name: random() < 0.1 ? letter : null,
					workflowName: random() < 0.1 ? letter : null,
					input: random() < 0.1 ? letter : null,
					output: random() < 0.1 ? letter : null,
					metadata: random() < 0.3 ? { [`k${below(4)}`]: below(9), claimed: letter } : null,
					isRoot: random() < 0.05,
				},
			}),
		);
	});
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
	const left = [...items];
	return items.map(() => left.splice(Math.floor(random() * left.length), 1)[0] as T);
}

/** What the store holds after these spans came twice over, in any order: each once, where it came last. */
function arrived(spans: readonly TraceSpan[], random: () => number): TraceSpan[] {
	const held = new Map<string, TraceSpan>();
	for (const span of shuffled([...spans, ...spans], random)) {
		held.delete(span.spanId);
		held.set(span.spanId, { ...span });
	}
	return [...held.values()];
}

/** Text of all fields, so that the order of keys and the last bit of a sum count too. */
function exact(spans: readonly TraceSpan[]): string {
	return JSON.stringify(deriveTrace(spans), (_, value) => (typeof value === "bigint" ? `${value}n` : value));
}

describe("deriveTrace()", () => {
	it("gives the same fields whatever the order in which the spans came, how often and in which batches", () => {
		for (let seed = 1; seed <= 200; seed++) {
			const random = seededRandom(seed);
			const spans = randomSpans(random, seed % 2 === 0);
			const expected = exact(spans);
			for (let round = 0; round < 6; round++) expect(exact(arrived(spans, random)), `seed ${seed}`).toBe(expected);
		}
	});

	it("adds up exactly the model calls above no other of their kind", () => {
		let sums = 0;
		for (let seed = 1; seed <= 200; seed++) {
			const spans = randomSpans(seededRandom(seed), false);
			const byId = new Map(spans.map((span) => [span.spanId, span]));
			const calls = spans.filter(({ kind }) => ["llm", "embedding", "reranker"].includes(kind));
			/** By definition: climbs from every other span. */
			const covered = (call: TraceSpan, knows: (span: TraceSpan) => boolean) =>
				calls.some((other) => {
					if (other === call || other.kind !== call.kind || !knows(other)) return false;
					let above: TraceSpan | undefined = other;
					while (above && above !== call) above = above.parentSpanId ? byId.get(above.parentSpanId) : undefined;
					return above === call;
				});
			const hasUsage = (span: TraceSpan) => span.usage !== null;
			const knows = (span: TraceSpan) => hasUsage(span) || span.costUsd !== null;
			const used = calls.filter((call) => call.usage && !covered(call, hasUsage));
			const priced = calls.filter((call) => call.costUsd !== null && !covered(call, knows));
			const fields = deriveTrace(spans);
			expect(fields.usageFrom === "spans", `seed ${seed}`).toBe(used.length > 0);
			expect(fields.costFrom === "spans", `seed ${seed}`).toBe(priced.length > 0);
			if (used.length === 0 || priced.length === 0) continue;
			sums++;
			expect(fields.usage?.input, `seed ${seed}`).toBe(used.reduce((sum, { usage }) => sum + (usage?.input ?? 0), 0));
			const cost = priced.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0);
			expect(fields.costUsd, `seed ${seed}`).toBeCloseTo(cost, 11);
		}
		expect(sums).toBeGreaterThan(100);
	});
});
