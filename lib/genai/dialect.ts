import type { SpanKind } from "@/lib/span/span";

/**
 * One tracing convention as data: where it keeps each field. Keys are tried in order; the first meaningful value wins, and
 * an earlier dialect wins over a later one, field by field.
 */
export interface Dialect {
	name: string;
	/** Key whose value names the kind, and how its values translate (compared upper-cased). */
	kind?: readonly { key: string; values: Readonly<Record<string, SpanKind>> }[];
	provider?: readonly string[];
	requestModel?: readonly string[];
	responseModel?: readonly string[];
	input?: readonly string[];
	output?: readonly string[];
	inputTokens?: readonly string[];
	outputTokens?: readonly string[];
	sessionId?: readonly string[];
	userId?: readonly string[];
}
