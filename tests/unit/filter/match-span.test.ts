import { describe, expect, it } from "vitest";
import { matchSpan } from "@/lib/filter/match-span";
import { parseFilter } from "@/lib/filter/parse-filter";
import type { Span } from "@/lib/span/span";
import { plainSpan } from "@/tests/support/plain-span";

const NOW = new Date("2026-11-22T12:00:00Z");

function fits(filter: string, span: Parameters<typeof plainSpan>[0]): boolean {
	return matchSpan(parseFilter(filter), plainSpan(span), NOW);
}

describe("matchSpan()", () => {
	it("fits what is unknown to no comparison, and takes not for its plain opposite", () => {
		for (const filter of ["cost = 0", "cost != 0", "cost < 1", "cost not in (1)", "cost exists"]) {
			expect(fits(filter, { costUsd: null }), filter).toBe(false);
			expect(fits(`not ${filter}`, { costUsd: null }), filter).toBe(true);
		}
		expect(fits("cost is unknown", { costUsd: null })).toBe(true);
		expect(fits("cost is unknown", { costUsd: 0 })).toBe(false);
		expect(fits("cost = 0", { costUsd: 0 })).toBe(true);
	});

	it("takes an attribute's empty text for known", () => {
		const attributes: Span["attributes"] = new Map([["k", { stringValue: "" }]]);
		expect(fits("attribute.k exists and attribute.k = ''", { attributes })).toBe(true);
		expect(fits("attribute.other exists", { attributes })).toBe(false);
	});

	it("compares text as it is, and ignores case where it looks into one", () => {
		expect(fits("name = Chat", { name: "chat" })).toBe(false);
		expect(fits("name starts with Ch", { name: "chat" })).toBe(false);
		expect(fits("name contains CHA", { name: "my chat" })).toBe(true);
		expect(fits("name contains ЖУК", { name: "жук" })).toBe(true);
		expect(fits("name contains ΟΔΟΣ", { name: "οδος" })).toBe(true);
		expect(fits("name contains ss", { name: "ß" })).toBe(false);
	});

	it("finds words whole", () => {
		const name = "a refund, “Prerefund” is due: re_fund 世界 x👋y";
		for (const word of ["refund", "REFUND", "prerefund", "is due", "due:", "re_fund", "x", "y"]) {
			expect(fits(`name has word "${word}"`, { name }), word).toBe(true);
		}
		for (const word of ["fund", "re", "refun", "世"])
			expect(fits(`name has word "${word}"`, { name }), word).toBe(false);
	});

	it("takes wildcards for what they are", () => {
		expect(fits("name contains '%'", { name: "abc" })).toBe(false);
		expect(fits("name contains '_'", { name: "a_c" })).toBe(true);
		expect(fits("name contains 'a.c'", { name: "abc" })).toBe(false);
	});

	it("compares an attribute with a number as a number, with a text as text", () => {
		const attributes: Span["attributes"] = new Map([
			["n", { intValue: "10" }],
			["t", { stringValue: "9.50" }],
			["w", { stringValue: "ten" }],
			["b", { boolValue: true }],
		]);
		for (const filter of [
			"attribute.n > 9",
			"attribute.n = 10.0",
			"attribute.t = 9.5",
			"attribute.n = '10'",
			"attribute.b = true",
		]) {
			expect(fits(filter, { attributes }), filter).toBe(true);
		}
		for (const filter of ["attribute.t = '9.5'", "attribute.w > 1", "attribute.n = '10.0'"]) {
			expect(fits(filter, { attributes }), filter).toBe(false);
		}
	});

	it("reads latency, moments and lists", () => {
		const start = BigInt(NOW.getTime() - 30 * 60_000) * 1_000_000n;
		const span = { startTimeUnixNano: start, endTimeUnixNano: start + 2_500_000_000n, tags: ["a", "Test"] };
		expect(fits("latency > 2s and latency <= 2.5s", span)).toBe(true);
		expect(fits("start > now-1h and not start > now-15m", span)).toBe(true);
		expect(fits("tags has Test and not tags has test and tags contains test and tags in (x, a)", span)).toBe(true);
		expect(fits("latency exists", { startTimeUnixNano: 2n, endTimeUnixNano: 1n })).toBe(false);
	});

	it("looks for bare words in input and output, readable and raw", () => {
		for (const field of ["input", "inputText", "output", "outputText"] as const) {
			expect(fits("refund", { [field]: "a Refund please" }), field).toBe(true);
		}
		expect(fits("refund", { name: "refund" })).toBe(false);
	});
});
