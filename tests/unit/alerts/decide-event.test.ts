import { describe, expect, it } from "vitest";
import { decideEvent } from "@/lib/alerts/decide-event";

describe("decideEvent()", () => {
	it.each([
		["FIRING", false, "alert.fired"],
		["FIRING", true, null],
		["OK", true, "alert.resolved"],
		["OK", false, null],
		["NO_DATA", true, "alert.resolved"],
		["NO_DATA", false, null],
	] as const)("%s, told that it fires: %s -> %s, and nothing under a mute", (state, toldFiring, event) => {
		expect(decideEvent({ state, toldFiring, muted: false })).toBe(event);
		expect(decideEvent({ state, toldFiring, muted: true })).toBeNull();
	});
});
