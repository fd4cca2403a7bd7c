import type { Dialect } from "@/lib/genai/dialect";

/** Gemini CLI: OpenTelemetry names with Gemini contents, cut at a length. Source: gemini-cli, "Observability". */
export const geminiCli: Dialect = {
	name: "gemini-cli",
	scope: /^gemini-cli$/,
	words: [["gen_ai.operation.name", /^(llm_call|schedule_tool_calls|agent_call)$/]],
	fields: {
		toolCallId: [[20, "gen_ai.tool.call_id"]],
	},
};
