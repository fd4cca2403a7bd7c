import type { Dialect, Row } from "@/lib/genai/dialect";
import { sinceStart } from "@/lib/genai/since-start";

const TYPES = [
	"agent_run",
	"model_generation",
	"model_step",
	"tool_call",
	"mcp_tool_call",
	"provider_tool_call",
	"workflow_run",
	"workflow_step",
	"processor_run",
	"rag_embedding",
	"generic",
] as const;

const rows = (place: number, side: "input" | "output"): readonly Row[] =>
	TYPES.map((type, index) => [place + index / 100, `mastra.${type}.${side}`]);

/** Mastra's exporters. Source: mastra, observability/otel-exporter. */
export const mastra: Dialect = {
	name: "mastra",
	scope: /^@mastra\//,
	marks: ["mastra."],
	kind: [
		{
			place: 80,
			key: "mastra.span.type",
			values: {
				AGENT_RUN: "agent",
				MODEL_GENERATION: "llm",
				LLM_GENERATION: "llm",
				MODEL_STEP: "chain",
				MODEL_CHUNK: "span",
				TOOL_CALL: "tool",
				MCP_TOOL_CALL: "tool",
				PROVIDER_TOOL_CALL: "tool",
				RAG_EMBEDDING: "embedding",
				PROCESSOR_RUN: "guardrail",
			},
		},
		{ place: 81, key: "mastra.span.type", match: [[/^workflow_/, "chain"]] },
	],
	fields: {
		input: rows(180, "input"),
		output: rows(180, "output"),
		inputMessages: rows(106, "input"),
		outputMessages: rows(106, "output"),
		toolArguments: rows(133, "input"),
		toolResult: rows(133, "output"),
		query: rows(130, "input"),
		embeddedTexts: rows(80, "input"),
		ttft: [[81, "mastra.completion_start_time", { read: sinceStart }]],
		sessionId: [
			[155, "mastra.metadata.sessionId"],
			[156, "mastra.metadata.threadId"],
		],
		userId: [[155, "mastra.metadata.userId"]],
		metadata: [[85, "mastra.metadata.", { map: true }]],
		tags: [[85, "mastra.tags"]],
	},
};
