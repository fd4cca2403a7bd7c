import type { Evidence, Found, KindRow } from "@/lib/genai/dialect";
import { DIALECTS } from "@/lib/genai/dialects";
import type { SpanKind } from "@/lib/span/span";

const ROWS: readonly KindRow[] = DIALECTS.flatMap((dialect) => dialect.kind ?? []).sort((a, b) => a.place - b.place);

/** What keys alone betray, when nobody names the kind. */
const STRUCTURES: readonly (readonly [SpanKind, readonly string[]])[] = [
	["agent", ["gen_ai.handoff.from_agent", "gen_ai.handoff.to_agent", "gen_ai.handoff.from", "gen_ai.handoff.to"]],
	["guardrail", ["gen_ai.guardrail.name"]],
	["evaluator", ["gen_ai.evaluation.name"]],
	["tool", ["gen_ai.tool.name", "gen_ai.tool.call.id", "tool_call.id"]],
	["retrieval", ["db.vector.query.content", "gen_ai.retrieval.query.text"]],
	["agent", ["pydantic_ai.all_messages"]],
];

/** What the span is to an LLM application, and the key that says so; `span` when nothing does. */
export function deriveKind(evidence: Evidence): Found<SpanKind> {
	for (const row of ROWS) {
		if ("read" in row) {
			const kind = row.read(evidence);
			if (kind) return { value: kind, from: "span name" };
			continue;
		}
		const text = evidence.text(row.key);
		if (text === undefined) continue;
		const kind =
			"values" in row
				? kindIn(row.values, (row.unquote ? text.replace(/^"|"$/g, "") : text).trim().toUpperCase())
				: row.match.find(([pattern]) => pattern.test(text))?.[1];
		if (kind) return { value: kind, from: row.key };
	}
	return structureOf(evidence) ?? { value: "span", from: "" };
}

// Senders may write the name of what every object inherits.
function kindIn(values: Readonly<Record<string, SpanKind>>, word: string): SpanKind | undefined {
	return Object.hasOwn(values, word) ? values[word] : undefined;
}

function structureOf(evidence: Evidence): Found<SpanKind> | null {
	for (const [kind, keys] of STRUCTURES) {
		const key = keys.find((candidate) => evidence.plain(candidate) !== undefined);
		if (key) return { value: kind, from: key };
	}
	if (evidence.text("mcp.method.name") === "tools/call") return { value: "tool", from: "mcp.method.name" };
	if (evidence.span.name === "running tool") return { value: "tool", from: "span name" };
	if (evidence.span.events.some(({ name }) => name === "db.query.result")) {
		return { value: "retrieval", from: "event:db.query.result" };
	}
	const model = evidence.first("requestModel") ?? evidence.first("responseModel");
	const speaks =
		evidence.mentions("usage.input") ||
		evidence.mentions("usage.output") ||
		evidence.mentions("usage.total") ||
		evidence.has("gen_ai.input.messages") ||
		evidence.has("gen_ai.output.messages") ||
		evidence.numbered("llm.input_messages") !== undefined ||
		evidence.numbered("gen_ai.prompt") !== undefined ||
		evidence.has("gen_ai.prompt") ||
		evidence.has("request_data");
	return model && speaks ? { value: "llm", from: model.from } : null;
}
