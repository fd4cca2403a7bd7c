import type { Dialect } from "@/lib/genai/dialect";

/** The Anthropic SDKs' own tracing, which writes the OpenTelemetry names. */
export const anthropicSdk: Dialect = {
	name: "anthropic-sdk",
	scope: /^com\.anthropic\.(sdk\.|claude-platform)/,
	spanName: /^anthropic\.(messages|beta|tool_use)\b/,
	fields: {
		"usage.cache_creation_1h": [[30, "anthropic.usage.cache_creation.ephemeral_1h_input_tokens"]],
		finishReason: [[45, "anthropic.message.stop_reason"]],
	},
};
