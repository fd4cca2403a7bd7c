import type { Dialect } from "@/lib/genai/dialect";

/** Version 7 with its OpenTelemetry package: plain gen_ai keys under a scope of its own. */
export const aiSdkOtel: Dialect = {
	name: "ai-sdk-otel",
	scope: /^gen_ai$/,
	words: [["gen_ai.operation.name", /^agent_step$/]],
};
