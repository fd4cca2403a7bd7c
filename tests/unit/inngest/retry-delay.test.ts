import { describe, expect, test } from "vitest";
import { askedDelay, scheduledBackoff } from "@/inngest/embedded/retry-delay";

describe("scheduledBackoff()", () => {
	test("follows the schedule of an Inngest server and stays at its last wait", () => {
		const seconds = Array.from({ length: 12 }, (_, attempt) => scheduledBackoff(attempt, () => 0) / 1000);
		expect(seconds).toEqual([15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200, 7200, 7200]);
	});

	test("adds up to 30 seconds", () => {
		expect(scheduledBackoff(0, () => 0.5)).toBe(30_000);
	});
});

describe("askedDelay()", () => {
	const now = Date.parse("2026-01-01T00:00:00.000Z");

	test.each([
		["3", 3000],
		["0", 0],
		["2026-01-01T00:00:00.250Z", 250],
		["2025-12-31T23:59:00.000Z", 0],
		["999999", 86_400_000],
		["soon", undefined],
		[undefined, undefined],
	])("%s -> %s ms", (header, expected) => {
		expect(askedDelay(header, now)).toBe(expected);
	});
});
