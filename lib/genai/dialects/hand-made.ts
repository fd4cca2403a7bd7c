import type { Dialect } from "@/lib/genai/dialect";

/** Plain keys that people write by hand, in the order Dokimos documents. Any library may use them for something else. */
export const handMade: Dialect = {
	name: "other",
	fields: {
		provider: [[85, "metadata", { path: ["ls_provider"] }]],
		requestModel: [
			[100, "model"],
			[110, "model_name"],
		],
		input: [
			[40, "llm.input"],
			[50, "input"],
			[60, "prompt"],
		],
		output: [
			[40, "llm.output"],
			[50, "output"],
			[60, "completion"],
		],
		toolArguments: [[120, "input"]],
		toolResult: [[120, "output"]],
		metadata: [
			[10, "metadata"],
			[90, "metadata.", { map: true }],
		],
		tags: [[90, "metadata", { path: ["tags"] }]],
		sessionId: [
			[160, "metadata", { path: ["session_id"] }],
			[161, "metadata", { path: ["conversation_id"] }],
			[162, "metadata", { path: ["thread_id"] }],
		],
		userId: [[170, "metadata", { path: ["user_id"] }]],
		errorMessage: [[90, "error"]],
		agentName: [
			[20, "agent.name"],
			[30, "agent_name"],
		],
		environment: [
			[20, "deployment.environment.name"],
			[30, "deployment.environment"],
		],
		release: [
			[10, "service.version"],
			[40, "app.version"],
			[50, "vcs.ref.head.revision"],
		],
		cost: [[110, "evalgate.cost.total_usd"]],
	},
};
