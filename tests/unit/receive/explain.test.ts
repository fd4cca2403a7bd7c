import { describe, expect, it } from "vitest";
import { explain } from "@/lib/receive/explain";

const resource = { attributes: new Map(), droppedAttributesCount: 0, schemaUrl: "" };
const rejection = (path: string, reason: string) => ({ path, reason, resource, sample: "" });

describe("explain()", () => {
	it("is empty when there is nothing to tell", () => {
		expect(explain([], [])).toBe("");
	});

	it("tells each reason once, with its first place and how often, then the warnings", () => {
		const rejections = [
			rejection("spans[0]", "name is missing"),
			rejection("spans[3]", "spanId is missing"),
			rejection("spans[4]", "name is missing"),
			rejection("spans[9]", "name is missing"),
		];
		expect(explain(rejections, ["spans[1]: cut"])).toBe(
			"spans[0]: name is missing (3 times); spans[3]: spanId is missing; spans[1]: cut",
		);
	});

	it("counts what does not fit, so that no sender's log is flooded", () => {
		const rejections = Array.from({ length: 50_000 }, (_, index) =>
			rejection(`resourceSpans[0].scopeSpans[0].spans[${index}]`, `reason ${index}`),
		);
		const message = explain(rejections, ["a warning"]);
		expect(message.length).toBeLessThan(1050);
		const told = message.split("; ").length - 1;
		expect(message).toMatch(new RegExp(`; and ${50_001 - told} more$`));
	});

	it("cuts a single endless reason", () => {
		const message = explain([rejection("spans[0]", "x".repeat(100_000))], []);
		expect(message).toMatch(/^spans\[0\]: x+\.\.\.$/);
		expect(message.length).toBeLessThan(400);
	});
});
