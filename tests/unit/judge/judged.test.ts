import { describe, expect, it } from "vitest";
import { judgedValue } from "@/lib/judge/judged";
import { plainSpan } from "@/tests/support/plain-span";

describe("judgedValue()", () => {
	it("is plain JSON of the span as a reader sees it, and of its trace in start order", () => {
		const span = plainSpan({
			name: "chat",
			kind: "llm",
			input: '{"raw":1}',
			inputText: "a question",
			output: "raw answer",
			outputText: null,
			requestModel: "gpt-x",
			responseModel: "gpt-x-0101",
			usage: { input: 3, output: 2 },
			attributes: new Map([["n", { intValue: "9007199254740993" }]]),
			startTimeUnixNano: 2_000_000n,
			endTimeUnixNano: 4_500_000n,
		});
		const later = plainSpan({ spanId: "00000000000000b2", name: "tool", startTimeUnixNano: 3_000_000n });
		const unknown = plainSpan({ spanId: "00000000000000b3", name: "odd", startTimeUnixNano: null });
		const value = judgedValue({ span, trace: { input: "in", output: null, spans: [unknown, later, span] } });
		expect(JSON.parse(JSON.stringify(value))).toEqual(value);
		expect(value).toMatchObject({
			name: "chat",
			kind: "llm",
			input: "a question",
			output: "raw answer",
			model: "gpt-x-0101",
			usage: { input: 3, output: 2 },
			durationMs: 2.5,
			trace: { input: "in", output: null },
		});
		expect(value.attributes.n).toBe("9007199254740993");
		expect(value.spans.map(({ name }) => name)).toEqual(["chat", "tool", "odd"]);
		expect(value.spans[2]).toMatchObject({ durationMs: null, usage: null, model: null, metadata: {} });
	});
});
