import { describe, expect, it } from "vitest";
import { isModelError, ModelError, scrubError } from "@/lib/llm/model-error";

describe("scrubError()", () => {
	it("redacts whatever follows authorization or bearer, in any case", () => {
		expect(scrubError("denied, headers: Authorization: Bearer sk-secret, x: y")).toBe(
			"denied, headers: Authorization [redacted]",
		);
		expect(scrubError("BEARER sk-secret\nsk-secret")).toBe("BEARER [redacted]");
		expect(scrubError("the bearers of news")).toBe("the bearers of news");
	});

	it("redacts every line that we sent, also in its JSON form", () => {
		const sent = ["first private line\nsecond private line", 'he said "private"\tthings', "sk-1234567890"];
		const echo = `bad: first private line | ${JSON.stringify(sent)} | second private line sk-1234567890`;
		const scrubbed = scrubError(echo, sent);
		expect(scrubbed).not.toMatch(/private|1234567890/);
		expect(scrubbed).toContain("bad: [redacted]");
	});

	it("redacts a piece of what we sent, however the provider cut it, and keys whatever their length", () => {
		const scrubbed = scrubError(
			'near "the patient Jane Doe, born in 19", key k-1',
			["Ask the patient Jane Doe, born in 1970"],
			["k-1"],
		);
		expect(scrubbed).toBe('near "[redacted]", key [redacted]');
	});

	it("keeps at most 500 characters, after redacting", () => {
		expect(scrubError("x".repeat(2000))).toHaveLength(500);
		const late = `${"y".repeat(495)} private text`;
		expect(scrubError(late, ["private text"])).toBe(`${"y".repeat(495)} [red`);
	});

	it("leaves ordinary messages alone, even next to short texts", () => {
		const message = "The model answered HTTP 400: context length exceeded";
		expect(scrubError(message, ["", "a", "HTTP", "context"])).toBe(message);
	});
});

describe("isModelError()", () => {
	it("knows the error by shape, not by class", () => {
		expect(isModelError(new ModelError("no", "network"))).toBe(true);
		expect(isModelError(new Error("no"))).toBe(false);
		expect(isModelError({ name: "ModelError", retryable: true })).toBe(false);
	});
});
