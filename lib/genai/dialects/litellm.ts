import type { Dialect } from "@/lib/genai/dialect";

/** LiteLLM's proxy and SDK. Source: litellm/integrations/opentelemetry.py. */
export const litellm: Dialect = {
	name: "litellm",
	scope: /^litellm$/,
	marks: ["hidden_params"],
	fields: {
		output: [[250, "guardrail_response"]],
		cost: [[100, "hidden_params", { path: ["response_cost"] }]],
		servedModel: [[10, "hidden_params", { path: ["litellm_model_name"] }]],
	},
};
