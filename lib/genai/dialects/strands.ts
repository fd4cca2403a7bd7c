import type { Dialect } from "@/lib/genai/dialect";

/** Strands Agents: OpenTelemetry names, content in span events. Source: strands-agents, telemetry/tracer.py. */
export const strands: Dialect = {
	name: "strands",
	scope: /^strands\.telemetry\.tracer$/,
	words: [
		["gen_ai.provider.name", /^strands-agents$/],
		["gen_ai.system", /^strands-agents$/],
	],
	fields: {
		"usage.cache_creation": [[40, "gen_ai.usage.cache_write_input_tokens"]],
		failure: [[50, "gen_ai.tool.status", { read: (value) => value === "error" || null }]],
	},
};
