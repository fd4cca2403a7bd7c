import { describe, expect, it } from "vitest";
import { renderPrompt } from "@/lib/judge/render-prompt";

const RULE = { criteria: "Is it polite?", minScore: 1, maxScore: 5 };

describe("renderPrompt()", () => {
	it("states criteria, input, output, range and the form of the answer, in this order", () => {
		const prompt = renderPrompt({ ...RULE, input: "hello\nthere", output: "hi" });
		const parts = [
			"Is it polite?",
			"\n\nInput: hello\nthere\n",
			"Actual Output: hi\n",
			"between 1 and 5",
			'"score"',
			'"reason"',
		];
		const places = parts.map((part) => prompt.indexOf(part));
		expect(places).not.toContain(-1);
		expect(places).toEqual([...places].sort((a, b) => a - b));
	});

	it("renders an unknown input or output as empty", () => {
		const prompt = renderPrompt({ ...RULE, input: null, output: null });
		expect(prompt).toContain("\nInput: \nActual Output: \n");
		expect(prompt).not.toContain("null");
	});

	it("takes texts as they are, whatever they look like", () => {
		const output = "$& $1 $<x> {{y}} %s \\n";
		expect(renderPrompt({ ...RULE, input: "$'", output })).toContain(`Actual Output: ${output}\n`);
	});
});
