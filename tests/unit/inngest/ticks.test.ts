import { expect, test } from "vitest";
import { openTicks } from "@/inngest/embedded/ticks";

const at = (text: string) => new Date(`2026-${text}Z`);

test("latest() is the tick at or before a moment, next() the one after it", () => {
	const ticks = openTicks("*/5 * * * *");
	expect(ticks.latest(at("01-01T10:05:00.000"))).toEqual(at("01-01T10:05:00.000"));
	expect(ticks.latest(at("01-01T10:09:59.999"))).toEqual(at("01-01T10:05:00.000"));
	expect(ticks.next(at("01-01T10:05:00.000"))).toEqual(at("01-01T10:10:00.000"));
	expect(ticks.next(at("01-01T10:09:59.999"))).toEqual(at("01-01T10:10:00.000"));
});

test("patterns are in UTC, or in the zone they name", () => {
	expect(openTicks("0 12 * * *").next(at("07-01T00:00:00"))).toEqual(at("07-01T12:00:00"));
	expect(openTicks("TZ=Europe/Berlin 0 12 * * *").next(at("07-01T00:00:00"))).toEqual(at("07-01T10:00:00"));
});

test("an unreadable pattern throws", () => {
	expect(() => openTicks("61 * * * *")).toThrow();
	expect(() => openTicks("")).toThrow();
});
