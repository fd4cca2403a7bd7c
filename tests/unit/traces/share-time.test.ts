import { describe, expect, it } from "vitest";
import type { SpanKind } from "@/lib/span/span-kind";
import { shareTime } from "@/lib/traces/share-time";

const span = (kind: SpanKind, start: number, end: number) => ({
	kind,
	startTimeUnixNano: BigInt(start),
	endTimeUnixNano: BigInt(end),
});

describe("shareTime()", () => {
	it("gives parts that add up to the whole, whatever ran at the same time", () => {
		const spans = [
			span("agent", 0, 100),
			span("llm", 10, 30),
			span("llm", 20, 40),
			span("tool", 35, 60),
			span("tool", 50, 55),
		];
		expect(shareTime(spans, 100n)).toEqual({ model: 30n, tool: 20n, wait: 50n });
	});

	it("counts time that a tool shares with a model as the model's", () => {
		expect(shareTime([span("tool", 0, 100), span("llm", 20, 80)], 100n)).toEqual({ model: 60n, tool: 40n, wait: 0n });
	});

	it("says nothing where neither model nor tool told its times", () => {
		expect(shareTime([span("chain", 0, 100)], 100n)).toBeNull();
		expect(shareTime([{ ...span("llm", 0, 1), endTimeUnixNano: null }], 100n)).toBeNull();
		expect(shareTime([span("llm", 0, 1)], null)).toBeNull();
	});
});
