import type { Dialect } from "@/lib/genai/dialect";
import { SPAN_KINDS } from "@/lib/span/span";

/** Our own attributes and the plain keys that hand-made clients send, in the order Dokimos documents. */
export const dokimos: Dialect = {
	name: "dokimos",
	kind: [
		{ key: "dokimos.span.kind", values: Object.fromEntries(SPAN_KINDS.map((kind) => [kind.toUpperCase(), kind])) },
	],
	input: ["dokimos.input", "input.value", "gen_ai.prompt", "llm.input", "input", "prompt"],
	output: ["dokimos.output", "output.value", "gen_ai.completion", "llm.output", "output", "completion"],
};
