import type { Dialect } from "@/lib/genai/dialect";
import { SPAN_KINDS } from "@/lib/span/span";

/** Our own attributes, as Dokimos documents them. Source: Dokimos, "Trace ingestion". */
export const dokimos: Dialect = {
	name: "dokimos",
	marks: ["dokimos."],
	kind: [
		{
			place: 10,
			key: "dokimos.span.kind",
			values: Object.fromEntries(SPAN_KINDS.map((kind) => [kind.toUpperCase(), kind])),
		},
	],
	fields: {
		provider: [[10, "dokimos.provider"]],
		requestModel: [[10, "dokimos.request.model"]],
		responseModel: [[5, "dokimos.response.model"]],
		input: [[10, "dokimos.input"]],
		output: [[10, "dokimos.output"]],
		inputMessages: [[10, "dokimos.input"]],
		outputMessages: [[10, "dokimos.output"]],
		toolArguments: [[10, "dokimos.input"]],
		toolResult: [[10, "dokimos.output"]],
		query: [[10, "dokimos.input"]],
		cost: [[10, "dokimos.cost.total_usd"]],
		sessionId: [[10, "dokimos.session.id"]],
		userId: [[10, "dokimos.user.id"]],
		tags: [[10, "dokimos.tags"]],
		metadata: [[80, "dokimos.metadata.", { map: true }]],
		environment: [[10, "dokimos.environment"]],
		promptName: [[10, "dokimos.prompt.name"]],
		promptVersion: [[10, "dokimos.prompt.version"]],
		routingAlias: [[10, "dokimos.routing.alias"]],
		traceName: [[10, "dokimos.trace.name"]],
		traceInput: [[10, "dokimos.trace.input"]],
		traceOutput: [[10, "dokimos.trace.output"]],
	},
};
