import type { Dialect } from "@/lib/genai/dialect";

const MODEL_CALLS = { CHAT: "llm", COMPLETION: "llm", RESPONSES: "llm" } as const;

/** Traceloop's OpenLLMetry, its SDKs and instrumentations, present and flattened forms. */
export const traceloop: Dialect = {
	name: "traceloop",
	scope: /^(traceloop\.tracer|@traceloop\/)/,
	marks: ["traceloop.", "llm.request.type"],
	kind: [
		{
			place: 130,
			key: "traceloop.span.kind",
			values: { WORKFLOW: "chain", TASK: "chain", AGENT: "agent", TOOL: "tool" },
		},
		{
			place: 140,
			key: "llm.request.type",
			values: {
				...MODEL_CALLS,
				ACOMPLETION: "llm",
				ACHAT: "llm",
				ARESPONSES: "llm",
				EMBEDDING: "embedding",
				AEMBEDDING: "embedding",
				RERANK: "reranker",
				ARERANK: "reranker",
			},
		},
	],
	fields: {
		displayName: [[30, "traceloop.entity.name"]],
		input: [
			[110, "traceloop.entity.input"],
			[230, "gen_ai.task.input"],
			[231, "crewai.crew.inputs"],
		],
		output: [
			[110, "traceloop.entity.output"],
			[230, "gen_ai.task.output"],
			[231, "crewai.crew.result"],
			[232, "crewai.crew.tasks_output"],
		],
		inputMessages: [
			[50, "gen_ai.prompt", { numbered: "traceloop" }],
			[55, "traceloop.entity.input", { path: ["inputs"] }],
		],
		outputMessages: [
			[50, "gen_ai.completion", { numbered: "traceloop" }],
			[55, "traceloop.entity.output", { path: ["outputs"] }],
		],
		toolDefinitions: [[50, "llm.request.functions", { numbered: "traceloop" }]],
		toolName: [[70, "traceloop.entity.name"]],
		toolArguments: [[129, "traceloop.entity.input"]],
		toolResult: [[129, "traceloop.entity.output"]],
		query: [[75, "gen_ai.prompt", { numbered: "traceloop" }]],
		embeddedTexts: [[45, "gen_ai.prompt", { numbered: "traceloop" }]],
		"usage.total": [[20, "llm.usage.total_tokens"]],
		"usage.input": [[70, "llm.usage.prompt_tokens"]],
		"usage.output": [[70, "llm.usage.completion_tokens"]],
		sessionId: [
			[80, "traceloop.association.properties.session_id"],
			[81, "traceloop.association.properties.thread_id"],
			[82, "traceloop.association.properties.sessionId"],
		],
		userId: [
			[90, "traceloop.association.properties.user_id"],
			[91, "traceloop.association.properties.userId"],
		],
		metadata: [[45, "traceloop.association.properties.", { map: true }]],
		agentName: [[40, "crewai.agent.role"]],
		promptName: [[30, "traceloop.prompt.key"]],
		promptVersion: [[40, "traceloop.prompt.version"]],
		promptTemplate: [[20, "traceloop.prompt.template"]],
		workflowName: [[20, "traceloop.workflow.name"]],
	},
};
