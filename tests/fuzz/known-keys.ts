import { DIALECTS } from "@/lib/genai/dialects";
import { type GoldenSpan, goldenSpans } from "@/tests/support/golden-spans";

/** What stands behind a numbered head (`gen_ai.prompt.0.`) or a map's head (`langsmith.metadata.`). */
const RESTS = [
	...["role", "content", "message.role", "message.content", "message.contents.0.message_content.text"],
	...["tool_calls.0.name", "message.tool_calls.0.tool_call.function.arguments", "finish_reason", "name"],
	...["document.content", "document.score", "tool.json_schema", "message.tool_call_id", "__proto__", ""],
];

/** Every key that a dialect reads, each numbered or map key with one of the things it is followed by. */
export const KNOWN_KEYS: readonly string[] = DIALECTS.flatMap((dialect) => [
	...Object.values(dialect.fields ?? {}).flatMap((rows) =>
		rows.flatMap(([, key, reading = {}], at) => {
			const rest = RESTS[at % RESTS.length] ?? "";
			if (reading.numbered) return [`${key}.${at % 3}.${rest}`, `${key}.999999.content`, `${key}.-1.role`];
			return [reading.map ? `${key}${rest}` : key];
		}),
	),
	...(dialect.kind ?? []).flatMap((row) => ("key" in row ? [row.key] : [])),
	...(dialect.marks ?? []).map((mark) => (/[.:]$/.test(mark) ? `${mark}x` : mark)),
	...(dialect.words ?? []).map(([key]) => key),
]);

/** Spans of real senders, and one for nearly every row of the tables. */
export const KNOWN_SPANS: readonly GoldenSpan[] = [...goldenSpans(), ...goldenSpans("dialect-rows")];
