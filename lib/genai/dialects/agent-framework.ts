import type { Dialect } from "@/lib/genai/dialect";

/** Microsoft Agent Framework. */
export const agentFramework: Dialect = {
	name: "agent-framework",
	scope: /^(agent_framework|Microsoft\.Agents|Experimental\.Microsoft\.(?!SemanticKernel))/,
};
