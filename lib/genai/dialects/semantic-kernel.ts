import type { Dialect } from "@/lib/genai/dialect";

/** Microsoft Semantic Kernel: OpenTelemetry names, content in span events. */
export const semanticKernel: Dialect = {
	name: "semantic-kernel",
	scope: /^(Microsoft\.SemanticKernel|Experimental\.Microsoft\.SemanticKernel|semantic_kernel)/,
};
