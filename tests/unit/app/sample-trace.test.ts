import { expect, it } from "vitest";
import { sampleTrace } from "@/app/p/[project]/traces/sample-trace";
import { derive } from "@/lib/genai/derive";
import { decodeTraces } from "@/lib/otlp/decode-traces";

const NOW = Date.UTC(2025, 0, 15, 12);

it("the sample is a trace that every view has something to show of", () => {
	const { spans, rejections } = decodeTraces(
		"json",
		Buffer.from(JSON.stringify(sampleTrace({ projectName: "shop", nowMs: NOW }))),
	);
	expect(rejections).toEqual([]);
	expect(new Set(spans.map((span) => span.traceId)).size).toBe(1);
	expect(spans[0]?.resource.attributes.get("spanwise.project")).toEqual({ stringValue: "shop" });
	const derived = spans.map((span) => derive(span, []));
	expect(derived.map(({ kind }) => kind)).toEqual(["agent", "retrieval", "llm", "tool", "llm"]);
	expect(derived[1]?.retrievalDocuments).toHaveLength(1);
	expect(derived[4]?.inputMessages?.map(({ role }) => role)).toEqual(["system", "user", "assistant", "tool"]);
	expect(derived[4]?.usage).toMatchObject({ input: 268, output: 39 });
	expect(Math.max(...spans.map((span) => Number(span.endTimeUnixNano)))).toBe(NOW * 1e6);
});
