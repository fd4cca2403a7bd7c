import type { Dialect } from "@/lib/genai/dialect";

/** toad-eye's SDK. */
export const toadEye: Dialect = {
	name: "toad-eye",
	scope: /^toad-eye/,
	marks: ["gen_ai.toad_eye.", "toad_eye."],
	fields: {
		input: [[120, "gen_ai.toad_eye.prompt"]],
		output: [[120, "gen_ai.toad_eye.completion"]],
		inputMessages: [[109, "gen_ai.toad_eye.prompt"]],
		outputMessages: [[109, "gen_ai.toad_eye.completion"]],
		cost: [[60, "gen_ai.toad_eye.cost"]],
		userId: [[110, "toad_eye.user_id"]],
		environment: [[60, "toad_eye.environment"]],
		metadata: [
			[120, "toad_eye.team", { read: (value) => ({ team: value }) }],
			[121, "toad_eye.feature", { read: (value) => ({ feature: value }) }],
		],
		failure: [[70, "gen_ai.toad_eye.status", { read: (value) => value === "error" || null }]],
		toolName: [[90, "gen_ai.toad_eye.tool.name"]],
	},
};
