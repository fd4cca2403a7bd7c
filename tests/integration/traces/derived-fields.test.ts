import { describe, expect, it } from "vitest";
import { command } from "@/lib/clickhouse/command";
import { sql } from "@/lib/clickhouse/sql";
import { randomHex } from "@/lib/ids";
import type { Span } from "@/lib/span/span";
import { findSpan } from "@/lib/traces/find-span";
import { getTrace } from "@/lib/traces/get-trace";
import { summarizeTraces } from "@/lib/traces/summarize-traces";
import { rewriteSpans, writeSpans } from "@/lib/traces/write-spans";
import { EVERY_DERIVED, NOTHING_DERIVED } from "@/tests/fixtures/every-field";
import { GATEWAY, RECOVERED, TOOLKIT, webAgent } from "@/tests/fixtures/worked-traces";
import { PLAIN_TRACE, plainSpan } from "@/tests/support/plain-span";
import { seededRandom } from "@/tests/support/seeded-random";
import { ownStores } from "@/tests/support/stores";

ownStores();

const optimize = () => command("optimize", sql`OPTIMIZE TABLE spans FINAL`);

/** Sends spans three times over, shuffled, each time cut into other batches. */
async function sendShuffled(spans: readonly Span[], random: () => number): Promise<void> {
	for (let round = 0; round < 3; round++) {
		const left = [...spans];
		while (left.length > 0) {
			const size = 1 + Math.floor(random() * 3);
			const batch = Array.from({ length: Math.min(size, left.length) }, () =>
				left.splice(Math.floor(random() * left.length), 1),
			).flat();
			await writeSpans(batch);
		}
	}
}

/** A trace as it is shown, without who holds it and when its spans came. */
async function shown(projectId: string) {
	const { summary, spans } = await getTrace({ projectIds: [projectId], traceId: PLAIN_TRACE });
	const { projectId: _, createdAt, updatedAt, ...fields } = summary;
	return {
		summary: fields,
		spans: spans.map(({ projectId: _holder, insertedAt, insertedAtText, ...span }) => span),
	};
}

describe("stored derived fields", () => {
	it("come back as they were, to the last digit", async () => {
		for (const derived of [EVERY_DERIVED, NOTHING_DERIVED]) {
			const span = plainSpan({ ...derived, projectId: "derived", spanId: randomHex(8) });
			await writeSpans([span]);
			expect(await findSpan("derived", PLAIN_TRACE, span.spanId)).toMatchObject(span);
		}
	});

	it("take halves of characters, NUL and keys of any name without failing the rows beside them", async () => {
		const fields = { outputText: "a\ud800b\0", displayName: "\udfff", tags: ["\ud800"], sessionId: "\0" };
		const metadata = JSON.parse('{"__proto__": {"x": "\\ud800"}, "\\udc00": "\\ud800", "": null}');
		const odd = plainSpan({ ...fields, metadata, projectId: "odd", spanId: "00000000000000b1" });
		await writeSpans([odd, plainSpan({ projectId: "odd" })]);
		const { spans, summary } = await getTrace({ projectIds: ["odd"], traceId: PLAIN_TRACE });
		expect(spans).toHaveLength(2);
		expect(summary.spanCount).toBe(2);
		const back = spans.find(({ spanId }) => spanId === odd.spanId);
		expect(back).toMatchObject({ outputText: "a\ufffdb\0", displayName: "\ufffd", tags: ["\ufffd"], sessionId: "\0" });
		expect(Object.entries(back?.metadata ?? {})).toEqual([
			["__proto__", { x: "\ud800" }],
			["\ufffd", "\ufffd"],
			["", null],
		]);
	});
});

describe("rewriteSpans()", () => {
	it("replaces what was read, counts as no new arrival, and leaves a newer version alone", async () => {
		const read = async () => {
			const span = await findSpan("repriced", PLAIN_TRACE, plainSpan({}).spanId);
			if (!span) throw new Error("no span");
			return span;
		};
		await writeSpans([plainSpan({ projectId: "repriced" })]);
		const first = await read();
		await rewriteSpans([{ ...first, costUsd: 0.5, deriveVersion: 0 }]);
		for (const phase of ["before a merge", "after a merge"]) {
			if (phase === "after a merge") await optimize();
			const priced = await read();
			expect(priced).toMatchObject({ costUsd: 0.5, insertedAt: first.insertedAt, deriveVersion: 0 });
			expect(BigInt(priced.insertedAtText.replace(/\D/g, ""))).toBe(
				BigInt(first.insertedAtText.replace(/\D/g, "")) + 1n,
			);
		}
		await writeSpans([plainSpan({ projectId: "repriced", name: "sent again" })]);
		await rewriteSpans([{ ...first, costUsd: 0.7 }]);
		expect(await read()).toMatchObject({ name: "sent again", costUsd: null });
	});
});

describe("a trace", () => {
	it.each([
		["toolkit", TOOLKIT],
		["web agent", webAgent()],
		["recovered", RECOVERED],
		["gateway", GATEWAY],
	])("(%s) is the same however its spans arrive, before and after a merge", async (name, spans) => {
		await writeSpans(spans.map((span) => ({ ...span, projectId: `${name} at once` })));
		const expected = await shown(`${name} at once`);
		expect(expected.summary.spanCount).toBe(spans.length);
		await command("stop merges", sql`SYSTEM STOP MERGES spans`);
		const projectIds = [1, 2, 3].map((seed) => `${name} shuffled ${seed}`);
		for (const [seed, projectId] of projectIds.entries()) {
			await sendShuffled(
				spans.map((span) => ({ ...span, projectId })),
				seededRandom(seed + 1),
			);
			expect(await shown(projectId)).toEqual(expected);
		}
		await command("start merges", sql`SYSTEM START MERGES spans`);
		await optimize();
		for (const projectId of projectIds) expect(await shown(projectId)).toEqual(expected);
	});

	it("shows totals, texts and names of the spans that stand for it", async () => {
		await writeSpans(webAgent().map((span) => ({ ...span, projectId: "shown" })));
		const [summary] = await summarizeTraces([{ projectId: "shown", traceId: PLAIN_TRACE }]);
		expect(summary).toMatchObject({
			name: "POST /chat",
			rootSpanName: "POST /chat",
			inputPreview: "Q",
			outputPreview: "A2",
			usage: { input: 30, output: 3, total: 33 },
			usageFrom: "spans",
			costUsd: 0.3,
			unpricedSpans: 0,
			sessionId: "s-1",
			tags: ["a", "web"],
			kinds: ["llm", "tool", "agent", "span"],
			progress: "finished",
		});
	});

	it("previews a text that a span claims for the trace, in whole characters", async () => {
		const claims = { input: "ü".repeat(2000), output: "🙂".repeat(1500) };
		await writeSpans([plainSpan({ projectId: "claims", inputText: "own", trace: claims })]);
		const keys = [{ projectId: "claims", traceId: PLAIN_TRACE }];
		const [line] = await summarizeTraces(keys);
		expect(line).toMatchObject({ inputPreview: "ü".repeat(300), outputPreview: "🙂".repeat(300) });
		const [page] = await summarizeTraces(keys, { previews: "page" });
		expect(page).toMatchObject({ inputPreview: "ü".repeat(1000), outputPreview: "🙂".repeat(1000) });
	});

	it("is in progress while a span is open, and unfinished once nothing comes any more", async () => {
		const project = (name: string, span: Span) => writeSpans([{ ...span, projectId: name }]);
		await project("open", plainSpan({ endTimeUnixNano: null }));
		await project("orphan", plainSpan({ parentSpanId: "00000000000000ff" }));
		const progress = async (projectId: string, now: Date) =>
			(await summarizeTraces([{ projectId, traceId: PLAIN_TRACE }], { now: () => now }))[0]?.progress;
		const later = new Date(Date.now() + 61_000);
		expect(await progress("open", new Date())).toBe("in_progress");
		expect(await progress("open", later)).toBe("unfinished");
		expect(await progress("orphan", new Date())).toBe("in_progress");
		expect(await progress("orphan", later)).toBe("finished");
	});

	it("of 50,000 spans is summarized beside others", async () => {
		const plain = plainSpan({ projectId: "large", kind: "llm", usage: { input: 1 }, costUsd: 0.1, tags: ["t"] });
		const id = (index: number) => index.toString(16).padStart(16, "0");
		const spans = Array.from({ length: 50_000 }, (_, index) =>
			Object.assign({}, plain, { spanId: id(index + 1), parentSpanId: index === 0 ? null : id(index) }),
		);
		await writeSpans(spans);
		await writeSpans([plainSpan({ projectId: "small" })]);
		const keys = ["small", "large"].map((projectId) => ({ projectId, traceId: PLAIN_TRACE }));
		const summaries = await summarizeTraces(keys);
		expect(summaries).toMatchObject([
			{ projectId: "small", spanCount: 1 },
			{ projectId: "large", spanCount: 50_000, usage: { input: 1 }, costUsd: 0.1, rootSpanName: "plain" },
		]);
	});
});
