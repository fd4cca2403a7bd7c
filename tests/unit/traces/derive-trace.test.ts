import { describe, expect, it } from "vitest";
import type { Span } from "@/lib/span/span";
import { deriveTrace } from "@/lib/traces/derive-trace";
import type { TextSource } from "@/lib/traces/trace";
import {
	AGENT_ONLY,
	GATEWAY,
	idOf,
	OPEN_ROOT,
	RECOVERED,
	TOOLKIT,
	WEB_AGENT,
	webAgent,
} from "@/tests/fixtures/worked-traces";
import { plainSpan, skeletonOf } from "@/tests/support/plain-span";

/** The fields of a trace, with the texts that were chosen. */
function derived(spans: Span[]) {
	const fields = deriveTrace(spans.map(skeletonOf));
	const textOf = (source: TextSource | null, side: "input" | "output") => {
		const span = spans.find(({ spanId }) => spanId === source?.spanId);
		return source?.from === "trace" ? span?.trace[side] : (span?.[`${side}Text`] ?? null);
	};
	return { ...fields, input: textOf(fields.inputSource, "input"), output: textOf(fields.outputSource, "output") };
}

function child(letter: string, parent: string | null, fields: Parameters<typeof plainSpan>[0] = {}): Span {
	return plainSpan({ spanId: idOf(letter), parentSpanId: parent === null ? null : idOf(parent), ...fields });
}

describe("deriveTrace() of worked traces", () => {
	it("counts the call below a toolkit's root once", () => {
		expect(derived(TOOLKIT)).toMatchObject({
			name: "support-bot",
			rootSpanName: "ai.streamText",
			input: "Hi",
			output: "Hello!",
			usage: { input: 12, output: 4, total: 16 },
			usageFrom: "spans",
			llmCount: 1,
			spanCount: 2,
			costUsd: 0.00042,
			costFrom: "spans",
			unpricedSpans: 0,
			ttftMs: 120,
			models: ["gpt-5-mini-2026-08-07"],
			providers: ["openai"],
			kinds: ["llm", "agent"],
		});
	});

	it("takes name and status from a web root, and the texts from the agent below it", () => {
		expect(derived(webAgent())).toMatchObject({
			name: "POST /chat",
			rootSeen: true,
			input: "Q",
			output: "A2",
			status: "ok",
			errorCount: 0,
			usage: { input: 30, output: 3, total: 33 },
			costUsd: 0.3,
			llmCount: 2,
			toolCount: 1,
			spanCount: 5,
			sessionId: "s-1",
			userId: "u-1",
			sessionConflict: false,
			tags: ["a", "web"],
			ttftMs: 7,
			startTimeUnixNano: 0n,
			endTimeUnixNano: 100n,
			durationNano: 100n,
			latencyNano: 100n,
			openSpanCount: 0,
		});
		const failed = webAgent().map((span) => ({
			...span,
			status: span.parentSpanId ? ("ok" as const) : ("error" as const),
		}));
		expect(derived(failed)).toMatchObject({ status: "error", errorCount: 1, hasError: true });
	});

	it("lets the agent stand in while the root is missing, and ends the same once it arrives", () => {
		const { H, G, C, X, D } = WEB_AGENT;
		expect(derived([D, X])).toMatchObject({ rootSeen: false, rootSpanName: "execute_tool", output: "found" });
		expect(derived([D, X, G, C])).toMatchObject({
			rootSeen: false,
			rootSpanName: "invoke_agent",
			name: "invoke_agent",
		});
		expect(derived([D, X, G, C, H])).toEqual(derived(webAgent()));
	});

	it("keeps a root whose parent is stored nowhere", () => {
		const { G, C, X, D } = WEB_AGENT;
		expect(derived([G, C, X, D])).toMatchObject({
			rootSpanId: G.spanId,
			rootSeen: false,
			status: "ok",
			hasError: false,
		});
	});

	it("is the same when a batch is sent again", () => {
		const twice = [...new Map([...webAgent(), ...webAgent()].map((span) => [span.spanId, span])).values()];
		expect(derived(twice)).toEqual(derived(webAgent()));
	});

	it("stays ok when the agent recovers from a failed tool, and tells the error", () => {
		expect(derived(RECOVERED)).toMatchObject({ status: "ok", errorCount: 1, hasError: true });
	});

	it("takes what the agent sums up when no call tells its tokens", () => {
		expect(derived(AGENT_ONLY)).toMatchObject({
			usage: { input: 300, output: 40, total: 340 },
			usageFrom: "aggregate",
			costUsd: 0.03,
			costFrom: "aggregate",
			unpricedSpans: 0,
		});
	});

	it("counts a gateway's call, not the application's span over it", () => {
		expect(derived(GATEWAY)).toMatchObject({
			usage: { input: 51, output: 5, total: 56 },
			costUsd: 0.25,
			unpricedSpans: 0,
			models: ["gpt-5", "my-gpt"],
		});
	});

	it("knows no latency of a root that has not ended", () => {
		expect(derived(OPEN_ROOT)).toMatchObject({ latencyNano: null, openSpanCount: 1, endTimeUnixNano: 95n });
	});
});

describe("deriveTrace()", () => {
	it("ranks roots: no parent, marked, parent missing with a known kind, parent missing", () => {
		const ranked = [
			child("A", null, { startTimeUnixNano: 9n }),
			child("B", "A", { startTimeUnixNano: 5n, trace: { isRoot: true } }),
			child("C", "Z", { startTimeUnixNano: 7n, kind: "llm" }),
			child("D", "Z", { startTimeUnixNano: 1n }),
		];
		const roots = ranked.map((_, index) => derived(ranked.slice(index)));
		expect(roots.map(({ rootSpanId }) => rootSpanId)).toEqual(["A", "B", "C", "D"].map(idOf));
		expect(roots.map(({ rootSeen }) => rootSeen)).toEqual([true, true, false, false]);
	});

	it("takes the earliest of several parentless spans, unknown starts last and ties by id", () => {
		const at = (letter: string, start: bigint | null) => child(letter, null, { startTimeUnixNano: start });
		expect(derived([at("A", null), at("C", 5n), at("B", 5n)]).rootSpanId).toBe(idOf("B"));
	});

	it("finds a root in circles", () => {
		const circle = [child("A", "B", { startTimeUnixNano: 4n }), child("B", "A", { startTimeUnixNano: 3n })];
		expect(derived(circle)).toMatchObject({ rootSpanId: idOf("B"), rootSeen: false, spanCount: 2 });
		expect(derived([child("A", "A", { status: "error" })])).toMatchObject({ rootSpanId: idOf("A"), status: "error" });
	});

	it("fails before the root arrives when a span at the top did", () => {
		expect(derived([child("A", "Z"), child("B", "Z", { status: "error" })]).status).toBe("error");
		expect(derived([child("A", "Z"), child("B", "A", { status: "error" })]).status).toBe("ok");
	});

	it("names a trace as the earliest span says, else after its workflow, else its root", () => {
		const root = child("A", null, { displayName: "shown" });
		const workflow = child("B", "A", { startTimeUnixNano: 2n, trace: { workflowName: "flow" } });
		const named = [9n, 8n].map((start, index) =>
			child(index ? "D" : "C", "A", { startTimeUnixNano: start, trace: { name: `named ${start}` } }),
		);
		expect(derived([root]).name).toBe("shown");
		expect(derived([root, workflow]).name).toBe("flow");
		expect(derived([root, workflow, ...named]).name).toBe("named 8");
	});

	it("prefers the texts that spans claim for the trace, the root's own claim first", () => {
		const root = child("A", null, { inputText: "own", outputText: "own" });
		const claim = (letter: string, end: bigint) =>
			child(letter, "A", { startTimeUnixNano: end, endTimeUnixNano: end, trace: { input: letter, output: letter } });
		expect(derived([root])).toMatchObject({ input: "own", output: "own" });
		expect(derived([root, claim("C", 7n), claim("D", 8n)])).toMatchObject({ input: "C", output: "D" });
		const claimed = { ...root, trace: { ...root.trace, input: "mine", output: "mine" } };
		expect(derived([claimed, claim("C", 7n), claim("D", 8n)])).toMatchObject({ input: "mine", output: "mine" });
	});

	it("takes the last answer of model calls when neither root nor agent has one", () => {
		const call = (letter: string, parent: string, end: bigint) =>
			child(letter, parent, { kind: "llm", endTimeUnixNano: end, inputText: letter, outputText: letter });
		const spans = [child("A", null), call("B", "A", 5n), child("T", "A"), call("C", "T", 9n)];
		expect(derived(spans)).toMatchObject({ input: "B", output: "C" });
		const tool = child("X", "A", { kind: "tool", inputText: "args", outputText: "result", endTimeUnixNano: 99n });
		expect(derived([...spans, tool])).toMatchObject({ input: "B", output: "C" });
		expect(derived([child("A", null), tool])).toMatchObject({ input: "args", output: "result" });
	});

	it("takes session and user of the root before earlier ones, and tells a conflict", () => {
		const early = child("B", "A", { startTimeUnixNano: 1n, sessionId: "early", userId: "early" });
		const later = child("C", "A", { startTimeUnixNano: 3n, sessionId: "later" });
		const root = (fields: object) => child("A", null, { startTimeUnixNano: 2n, ...fields });
		expect(derived([root({}), early])).toMatchObject({ sessionId: "early", userId: "early", sessionConflict: false });
		expect(derived([root({}), later, early])).toMatchObject({ sessionId: "early", sessionConflict: true });
		expect(derived([root({ sessionId: "root" }), early])).toMatchObject({ sessionId: "root", userId: "early" });
	});

	it("unites tags, at most a hundred, and fills the root's metadata up from what spans say of the trace", () => {
		const many = Array.from({ length: 150 }, (_, index) => `t${String(index).padStart(3, "0")}`);
		const spans = [
			child("A", null, { tags: ["z", "a"], metadata: { a: 1, b: { c: [2] } } }),
			child("C", "A", { startTimeUnixNano: 9n, trace: { metadata: { d: "late", e: true } } }),
			child("B", "A", { tags: ["a"], metadata: { own: 1 }, trace: { metadata: { a: "x", d: "early" } } }),
		];
		expect(derived(spans)).toMatchObject({ tags: ["a", "z"], metadata: { a: 1, b: { c: [2] }, d: "early", e: true } });
		expect(derived(spans).metadata).not.toHaveProperty("own");
		expect(derived([child("A", null, { tags: [...many].reverse() })]).tags).toEqual(many.slice(0, 100));
	});

	it("knows nothing rather than zero, and tells which calls have no cost", () => {
		const root = child("A", null);
		const call = (letter: string, parent: string, fields: object) => child(letter, parent, { kind: "llm", ...fields });
		expect(derived([root])).toMatchObject({
			usage: null,
			usageFrom: null,
			costUsd: null,
			costFrom: null,
			unpricedSpans: 0,
			ttftMs: null,
		});
		const unpriced = call("B", "A", { usage: { input: 5 } });
		const free = call("C", "A", { usage: { output: 0, total: 0 }, costUsd: 0 });
		expect(derived([root, unpriced])).toMatchObject({ usage: { input: 5, total: 5 }, costUsd: null, unpricedSpans: 1 });
		expect(derived([root, unpriced, free])).toMatchObject({
			usage: { input: 5, output: 0, total: 5 },
			costUsd: 0,
			costFrom: "spans",
			unpricedSpans: 1,
		});
		const silentPart = call("D", "C", {});
		expect(derived([root, free, silentPart])).toMatchObject({ usage: { output: 0, total: 0 }, unpricedSpans: 0 });
		expect(derived([root, call("D", "A", {})]).unpricedSpans).toBe(1);
	});

	it("adds an embedding below a model call to it, and never what sums up others", () => {
		const spans = [
			child("A", null, { kind: "llm", usage: { input: 10 }, aggregateUsage: { input: 999 }, costUsd: 0.1 }),
			child("B", "A", { kind: "embedding", usage: { input: 3 }, costUsd: 0.02 }),
			child("C", "A", { kind: "agent", usage: { input: 500 }, costUsd: 5 }),
		];
		expect(derived(spans)).toMatchObject({ usage: { input: 13 }, costUsd: 0.12, usageFrom: "spans" });
	});

	it("takes the shallowest and earliest of several sums", () => {
		const spans = [
			child("A", null),
			child("B", "A", { startTimeUnixNano: 5n, aggregateUsage: { input: 5 } }),
			child("C", "A", { startTimeUnixNano: 4n, aggregateUsage: { input: 4 } }),
			child("D", "C", { startTimeUnixNano: 1n, aggregateUsage: { input: 1 } }),
		];
		expect(derived(spans)).toMatchObject({ usage: { input: 4 }, usageFrom: "aggregate" });
	});

	it.each([
		["chain", (index: number) => (index === 0 ? null : index - 1)],
		["circle", (index: number) => (index + 49_999) % 50_000],
	])("takes a %s of 50,000 spans", (_, parent) => {
		const id = (index: number) => index.toString(16).padStart(16, "0");
		const plain = skeletonOf(plainSpan({ kind: "llm", usage: { input: 1 }, costUsd: 1 }));
		const spans = Array.from({ length: 50_000 }, (_, index) => {
			const above = parent(index);
			const parentSpanId = above === null ? null : id(above);
			return { ...plain, spanId: id(index), parentSpanId, startTimeUnixNano: BigInt(index) };
		});
		expect(deriveTrace(spans.reverse())).toMatchObject({
			rootSpanId: id(0),
			usage: { input: 1 },
			costUsd: 1,
			llmCount: 50_000,
		});
	});
});
