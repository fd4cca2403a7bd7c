import { randomBytes } from "node:crypto";
import type { OtlpRequest } from "@/tests/support/otlp-request";

const WORDS = "the judge reads what a model answered and says how well it did by the criteria of a rule".split(" ");

/** An OTLP/JSON export request of `count` LLM spans of about 2.7 KB each, ids fresh, text varied. */
export function generateRequest(count: number, project: string): OtlpRequest {
	return {
		resourceSpans: [
			{
				resource: { attributes: [text("service.name", "bench"), text("spanwise.project", project)] },
				scopeSpans: [{ scope: { name: "bench", version: "1" }, spans: Array.from({ length: count }, llmSpan) }],
			},
		],
	};
}

function llmSpan() {
	const start = BigInt(Date.now()) * 1_000_000n;
	return {
		traceId: randomBytes(16).toString("hex"),
		spanId: randomBytes(8).toString("hex"),
		name: "chat gpt-4o",
		kind: 3,
		startTimeUnixNano: start.toString(),
		endTimeUnixNano: (start + 1_200_000_000n).toString(),
		attributes: [
			text("gen_ai.operation.name", "chat"),
			text("gen_ai.provider.name", "openai"),
			text("gen_ai.request.model", "gpt-4o"),
			text("gen_ai.response.model", "gpt-4o-2024-08-06"),
			{ key: "gen_ai.usage.input_tokens", value: { intValue: "812" } },
			{ key: "gen_ai.usage.output_tokens", value: { intValue: "64" } },
			{ key: "gen_ai.request.temperature", value: { doubleValue: 0.2 } },
			text("gen_ai.conversation.id", randomBytes(8).toString("hex")),
			text(
				"gen_ai.input.messages",
				JSON.stringify([{ role: "user", parts: [{ type: "text", content: prose(1400) }] }]),
			),
			text(
				"gen_ai.output.messages",
				JSON.stringify([{ role: "assistant", parts: [{ type: "text", content: prose(600) }] }]),
			),
			{ key: "gen_ai.response.finish_reasons", value: { arrayValue: { values: [{ stringValue: "stop" }] } } },
			text("server.address", "api.openai.com"),
			{ key: "server.port", value: { intValue: "443" } },
		],
	};
}

function text(key: string, value: string) {
	return { key, value: { stringValue: value } };
}

function prose(length: number): string {
	let line = "";
	while (line.length < length) line += `${WORDS[Math.floor(Math.random() * WORDS.length)]} `;
	return line;
}
