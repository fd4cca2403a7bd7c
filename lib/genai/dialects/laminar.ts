import type { Dialect } from "@/lib/genai/dialect";

const PROPERTIES = "lmnr.association.properties";

/** Laminar's SDKs. Source: lmnr, attributes. */
export const laminar: Dialect = {
	name: "laminar",
	scope: /^lmnr/,
	marks: ["lmnr."],
	kind: [
		{
			place: 151,
			key: "lmnr.span.type",
			values: { LLM: "llm", TOOL: "tool", EVALUATOR: "evaluator", HUMAN_EVALUATOR: "evaluator", EXECUTOR: "chain" },
		},
	],
	fields: {
		input: [[179, "lmnr.span.input"]],
		output: [[179, "lmnr.span.output"]],
		inputMessages: [[105, "lmnr.span.input"]],
		outputMessages: [[105, "lmnr.span.output"]],
		toolArguments: [[132.5, "lmnr.span.input"]],
		toolResult: [[132.5, "lmnr.span.output"]],
		"usage.cache_creation_1h": [[20, "gen_ai.usage.cache_creation.input_tokens.ephemeral_1h"]],
		sessionId: [[100, `${PROPERTIES}.session_id`]],
		userId: [[100, `${PROPERTIES}.user_id`]],
		tags: [[70, `${PROPERTIES}.tags`]],
		metadata: [[50, `${PROPERTIES}.metadata.`, { map: true }]],
	},
};
