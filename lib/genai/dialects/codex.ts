import type { Dialect, Evidence } from "@/lib/genai/dialect";
import type { SpanKind } from "@/lib/span/span";

/** OpenAI Codex CLI, whose numbers are often text. Source: codex-rs/otel. */
export const codex: Dialect = {
	name: "codex",
	scope: /^codex_/,
	words: [["event.name", /^codex\./]],
	kind: [{ place: 70, read: codexKind }],
	fields: {
		"usage.input": [[90, "input_token_count"]],
		"usage.output": [[90, "output_token_count"]],
		"usage.cache_read": [[100, "cached_token_count"]],
		"usage.reasoning": [[70, "reasoning_token_count"]],
		"usage.total": [[90, "tool_token_count", { when: ({ convention }) => convention === "codex" }]],
		sessionId: [[150, "conversation.id"]],
		userId: [[150, "user.account_id"]],
		environment: [[70, "env"]],
	},
};

/** Of all the records of a turn, only the completed response carries its token counts. */
function codexKind(evidence: Evidence): SpanKind | null {
	const completed =
		evidence.text("event.name") === "codex.sse_event" && evidence.text("event.kind") === "response.completed";
	return completed ? "llm" : null;
}
