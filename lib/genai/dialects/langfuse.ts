import type { Dialect } from "@/lib/genai/dialect";
import { sinceStart } from "@/lib/genai/since-start";

const DETAILS = "langfuse.observation.usage_details";

/** The Langfuse SDKs, version 3 and later, which export OpenTelemetry spans. Source: Langfuse, "OpenTelemetry". */
export const langfuse: Dialect = {
	name: "langfuse",
	scope: /^langfuse-sdk$/,
	// Not the whole namespace: LiveKit writes langfuse.observation.completion_start_time.
	marks: [
		"langfuse.observation.type",
		"langfuse.observation.input",
		"langfuse.observation.output",
		"langfuse.observation.model.name",
		"langfuse.observation.level",
		"langfuse.observation.status_message",
		"langfuse.observation.metadata",
		"langfuse.observation.metadata.",
		"langfuse.observation.prompt.name",
		"langfuse.observation.prompt.version",
		"langfuse.observation.usage_details",
		"langfuse.observation.cost_details",
		"langfuse.observation.model.parameters",
		"langfuse.trace.",
	],
	kind: [
		{
			place: 20,
			key: "langfuse.observation.type",
			values: {
				GENERATION: "llm",
				EMBEDDING: "embedding",
				AGENT: "agent",
				TOOL: "tool",
				CHAIN: "chain",
				RETRIEVER: "retrieval",
				EVALUATOR: "evaluator",
				GUARDRAIL: "guardrail",
			},
		},
	],
	fields: {
		requestModel: [[90, "langfuse.observation.model.name"]],
		input: [[130, "langfuse.observation.input"]],
		output: [[130, "langfuse.observation.output"]],
		inputMessages: [[104, "langfuse.observation.input"]],
		outputMessages: [[104, "langfuse.observation.output"]],
		toolArguments: [[130, "langfuse.observation.input"]],
		toolResult: [[130, "langfuse.observation.output"]],
		query: [[100, "langfuse.observation.input"]],
		documents: [[100, "langfuse.observation.output"]],
		embeddedTexts: [[50, "langfuse.observation.input"]],
		"usage.input": [
			[1020, DETAILS, { path: ["input"] }],
			[1021, DETAILS, { path: ["input_tokens"] }],
			[1022, DETAILS, { path: ["prompt_tokens"] }],
			[1023, DETAILS, { path: ["promptTokens"] }],
		],
		"usage.output": [
			[1020, DETAILS, { path: ["output"] }],
			[1021, DETAILS, { path: ["output_tokens"] }],
			[1022, DETAILS, { path: ["completion_tokens"] }],
			[1023, DETAILS, { path: ["completionTokens"] }],
		],
		"usage.cache_read": [
			[1020, DETAILS, { path: ["cache_read_input_tokens"] }],
			[1021, DETAILS, { path: ["input_cached_tokens"] }],
			[1022, DETAILS, { path: ["input_cache_read"] }],
			[1023, DETAILS, { path: ["prompt_tokens_details", "cached_tokens"] }],
			[1024, DETAILS, { path: ["input_tokens_details", "cached_tokens"] }],
			[1025, DETAILS, { path: ["input_tokens_details.cached_tokens"] }],
			[1026, DETAILS, { path: ["cached_tokens"] }],
		],
		"usage.cache_creation": [
			[1020, DETAILS, { path: ["cache_creation_input_tokens"] }],
			[1021, DETAILS, { path: ["input_cache_creation"] }],
		],
		"usage.reasoning": [
			[1020, DETAILS, { path: ["output_reasoning_tokens"] }],
			[1021, DETAILS, { path: ["output_reasoning"] }],
			[1022, DETAILS, { path: ["reasoning_tokens"] }],
			[1023, DETAILS, { path: ["completion_tokens_details", "reasoning_tokens"] }],
			[1024, DETAILS, { path: ["output_tokens_details", "reasoning_tokens"] }],
		],
		"usage.audio_input": [
			[1020, DETAILS, { path: ["input_audio_tokens"] }],
			[1021, DETAILS, { path: ["input_audio"] }],
		],
		"usage.audio_output": [
			[1020, DETAILS, { path: ["output_audio_tokens"] }],
			[1021, DETAILS, { path: ["output_audio"] }],
		],
		"usage.total": [
			[1020, DETAILS, { path: ["total"] }],
			[1021, DETAILS, { path: ["total_tokens"] }],
		],
		cost: [[80, "langfuse.observation.cost_details", { path: ["total"] }]],
		ttft: [[80, "langfuse.observation.completion_start_time", { read: sinceStart }]],
		sessionId: [
			[30, "langfuse.session.id"],
			[31, "langfuse.trace.session_id"],
		],
		userId: [
			[30, "langfuse.user.id"],
			[31, "langfuse.trace.user_id"],
		],
		tags: [[30, "langfuse.trace.tags"]],
		metadata: [
			[60, "langfuse.observation.metadata"],
			[61, "langfuse.observation.metadata.", { map: true }],
			[70, "langfuse.trace.metadata"],
			[71, "langfuse.trace.metadata.", { map: true }],
		],
		environment: [[40, "langfuse.environment"]],
		release: [
			[20, "langfuse.release"],
			[30, "langfuse.version"],
		],
		failure: [[40, "langfuse.observation.level", { read: (value) => value === "ERROR" || null }]],
		errorMessage: [[20, "langfuse.observation.status_message"]],
		promptName: [[20, "langfuse.observation.prompt.name"]],
		promptVersion: [[30, "langfuse.observation.prompt.version"]],
		traceName: [[20, "langfuse.trace.name"]],
		traceInput: [[20, "langfuse.trace.input"]],
		traceOutput: [[20, "langfuse.trace.output"]],
		traceMetadata: [
			[10, "langfuse.trace.metadata"],
			[11, "langfuse.trace.metadata.", { map: true }],
		],
		toolDefinitions: [[95, "langfuse.observation.input", { path: ["tools"] }]],
		traceRoot: [
			[11, "langfuse.internal.is_app_root", { read: (value) => value === true || value === "true" || null }],
			[10, "langfuse.internal.as_root", { read: (value) => value === true || value === "true" || null }],
		],
	},
};
