import { expect, test } from "vitest";
import { sleepDelay } from "@/inngest/embedded/sleep-delay";

const now = Date.parse("2026-01-01T00:00:00.000Z");

test.each([
	["1s", 1000],
	["1h30m", 5_400_000],
	["2w1d", 1_296_000_000],
	["", 0],
	["2026-01-01T00:00:01.500Z", 1500],
	["2025-01-01T00:00:00.000Z", 0],
	["later", undefined],
])("a sleep of %j lasts %s ms", (text, expected) => {
	expect(sleepDelay(text, now)).toBe(expected);
});
