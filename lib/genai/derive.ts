import type { Dialect } from "@/lib/genai/dialect";
import { dokimos } from "@/lib/genai/dialects/dokimos";
import { openinference } from "@/lib/genai/dialects/openinference";
import { otelGenai } from "@/lib/genai/dialects/otel-genai";
import { type Attributes, anyValueText } from "@/lib/span/any-value";
import { type DerivedFields, mergedAttributes, type ReportedSpan, type SpanKind } from "@/lib/span/span";

/** In order of precedence. */
const DIALECTS: readonly Dialect[] = [dokimos, openinference, otelGenai];

type KeyField = Exclude<keyof Dialect, "name" | "kind">;

const keysOf = (field: KeyField): readonly string[] => DIALECTS.flatMap((dialect) => dialect[field] ?? []);
const KEYS = {
	provider: keysOf("provider"),
	requestModel: keysOf("requestModel"),
	responseModel: keysOf("responseModel"),
	input: keysOf("input"),
	output: keysOf("output"),
	inputTokens: keysOf("inputTokens"),
	outputTokens: keysOf("outputTokens"),
	sessionId: keysOf("sessionId"),
	userId: keysOf("userId"),
};
const KINDS = DIALECTS.flatMap((dialect) => dialect.kind ?? []);

/**
 * What a reported span means, read from its attributes over its resource's. Pure; a span of no known dialect is of kind
 * `span` with everything else null.
 */
export function derive(span: ReportedSpan): DerivedFields {
	const attributes = mergedAttributes(span);
	const input = firstText(attributes, KEYS.input);
	const output = firstText(attributes, KEYS.output);
	return {
		kind: kindOf(attributes),
		provider: firstText(attributes, KEYS.provider)?.text ?? null,
		requestModel: firstText(attributes, KEYS.requestModel)?.text ?? null,
		responseModel: firstText(attributes, KEYS.responseModel)?.text ?? null,
		input: input?.text ?? null,
		output: output?.text ?? null,
		inputFrom: input?.key ?? null,
		outputFrom: output?.key ?? null,
		inputTokens: firstCount(attributes, KEYS.inputTokens),
		outputTokens: firstCount(attributes, KEYS.outputTokens),
		sessionId: firstText(attributes, KEYS.sessionId)?.text ?? null,
		userId: firstText(attributes, KEYS.userId)?.text ?? null,
	};
}

/** First key with a non-blank value, as text. */
function firstText(attributes: Attributes, keys: readonly string[]): { key: string; text: string } | null {
	for (const key of keys) {
		const value = attributes.get(key);
		if (value === undefined) continue;
		const text = anyValueText(value);
		if (text.trim() !== "") return { key, text };
	}
	return null;
}

/** First key with a whole number from 0 on; text that is no such number is unknown, not zero. */
function firstCount(attributes: Attributes, keys: readonly string[]): number | null {
	for (const key of keys) {
		const value = attributes.get(key);
		if (value === undefined) continue;
		const text = anyValueText(value).trim();
		const number = Number(text);
		if (text !== "" && Number.isSafeInteger(number) && number >= 0) return number;
	}
	return null;
}

function kindOf(attributes: Attributes): SpanKind {
	for (const { key, values } of KINDS) {
		const value = attributes.get(key);
		const kind = value === undefined ? undefined : values[anyValueText(value).trim().toUpperCase()];
		if (kind) return kind;
	}
	return "span";
}
