import type { Dialect } from "@/lib/genai/dialect";

/** Spring AI's observations, all of whose values are text. Source: spring-ai, observation conventions. */
export const springAi: Dialect = {
	name: "spring-ai",
	scope: /^org\.springframework\./,
	marks: ["spring.ai."],
	kind: [
		{
			place: 90,
			key: "spring.ai.kind",
			values: { TOOL_CALL: "tool", VECTOR_STORE: "retrieval", ADVISOR: "chain", CHAT_CLIENT: "chain" },
		},
	],
	fields: {
		input: [
			[190, "db.vector.query.content"],
			[191, "spring.ai.tool.call.arguments"],
		],
		output: [
			[190, "db.vector.query.response.documents"],
			[191, "spring.ai.tool.call.result"],
		],
		toolName: [[40, "spring.ai.tool.definition.name"]],
		toolCallId: [[50, "spring.ai.tool.call.id"]],
		toolArguments: [[50, "spring.ai.tool.call.arguments"]],
		toolResult: [[50, "spring.ai.tool.call.result"]],
		query: [[50, "db.vector.query.content"]],
		documents: [[50, "db.vector.query.response.documents"]],
		sessionId: [[110, "spring.ai.chat.client.conversation.id"]],
	},
};
