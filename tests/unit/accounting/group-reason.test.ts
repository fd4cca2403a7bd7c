import { describe, expect, it } from "vitest";
import { groupReason, sampleText, senderText } from "@/lib/accounting/group-reason";

describe("groupReason()", () => {
	it.each([
		["attributes[12].value.intValue is not a 64-bit integer", "attributes[].value.intValue is not a 64-bit integer"],
		["events[3].attributes[0] has no key", "events[].attributes[] has no key"],
		["attributes{user.name} is not text", "attributes{} is not text"],
		["values[{a}] and {[1]}", "values[] and {}"],
		["an open [ bracket and a } brace", "an open [ bracket and a } brace"],
		["  traceId is missing \n", "traceId is missing"],
		["", "no reason given"],
		[" ".repeat(300), "no reason given"],
	])("takes %j for %j", (reason, group) => {
		expect(groupReason(reason)).toBe(group);
	});

	it("is at most 200 characters of whole text, whatever comes", () => {
		expect(groupReason("x".repeat(10_000))).toBe("x".repeat(200));
		expect(groupReason(`${"x".repeat(199)}👋`)).toBe(`${"x".repeat(199)}\ufffd`);
		expect(groupReason("[".repeat(1_000_000))).toBe("[".repeat(200));
	});
});

describe("what tells senders and spans apart", () => {
	it("is cut, and holds no half character", () => {
		expect(senderText("s".repeat(300))).toHaveLength(200);
		expect(sampleText("0".repeat(100))).toBe("0".repeat(80));
		expect(sampleText("\ud800")).toBe("\ufffd");
		expect(senderText("")).toBe("");
	});
});
