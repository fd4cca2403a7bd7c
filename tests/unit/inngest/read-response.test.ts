import { describe, expect, test } from "vitest";
import { readResponse } from "@/inngest/embedded/read-response";

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
	readResponse({ status, headers: { "x-inngest-req-version": "2", ...headers }, body: JSON.stringify(body) });

describe("readResponse()", () => {
	test("200 and RunComplete are the end of the run", () => {
		expect(answer(200, { a: 1 })).toEqual({ kind: "completed", output: { a: 1 } });
		expect(answer(206, [{ op: "RunComplete", id: "x", data: "out" }])).toEqual({ kind: "completed", output: "out" });
	});

	test("the operations of a 206, as recorded from the SDK", () => {
		const ops = [
			{ op: "StepRun", id: "a", name: "load", displayName: "load", opts: {}, userland: { id: "load" }, data: { s: 1 } },
			{ op: "StepPlanned", id: "b", name: "p1", opts: {} },
			{ op: "Sleep", id: "c", name: "1m", opts: {} },
		];
		expect(answer(206, ops)).toEqual({
			kind: "operations",
			retryAfter: undefined,
			operations: [
				{ op: "done", stepId: "a", data: { s: 1 } },
				{ op: "planned", stepId: "b" },
				{ op: "sleep", stepId: "c", delayMs: 60_000 },
			],
		});
	});

	test("of a step's error only name, message and stack are kept", () => {
		const error = { name: "E", message: "m", stack: "s", cause: { secret: 1 }, code: "x", __serialized: true };
		expect(answer(206, [{ op: "StepError", id: "a", error }], { "retry-after": "3" })).toEqual({
			kind: "operations",
			retryAfter: "3",
			operations: [{ op: "failed", stepId: "a", error: { name: "E", message: "m", stack: "s" }, retry: true }],
		});
	});

	test("500 is tried again, 400 with no-retry is not, and what is no JSON is tried again", () => {
		const error = { name: "Error", message: "m", stack: "" };
		expect(answer(500, error, { "x-inngest-no-retry": "false" })).toMatchObject({ kind: "retry", error });
		expect(answer(400, error, { "x-inngest-no-retry": "true" })).toEqual({ kind: "failed", error });
		expect(readResponse({ status: 502, headers: {}, body: "<html>" })).toMatchObject({ kind: "retry" });
	});

	test.each(["WaitForEvent", "InvokeFunction", "Gateway", "DeferAdd"])("%s fails the run and is named", (op) => {
		expect(answer(206, [{ op, id: "a" }])).toMatchObject({
			kind: "failed",
			error: { message: `The embedded engine does not support ${op}` },
		});
	});
});
