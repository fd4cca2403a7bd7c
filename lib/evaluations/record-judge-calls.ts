import { createHash } from "node:crypto";
import { deriveIndexed } from "@/lib/genai/derive-indexed";
import type { JudgeCall } from "@/lib/judge/judge-call";
import { listOverridesOf } from "@/lib/pricing/list-price-overrides";
import { priceSpan } from "@/lib/pricing/price-span";
import { pricedFacts } from "@/lib/pricing/priced-facts";
import { roundUsd } from "@/lib/pricing/round-usd";
import type { Attributes } from "@/lib/span/any-value";
import type { ReportedSpan, Resource, Scope, Span } from "@/lib/span/span";
import { writeSpans } from "@/lib/traces/write-spans";

/** One attempt at an evaluation, and what was asked in it. */
export interface JudgeRecord {
	projectId: string;
	evaluationId: string;
	/** Counted from 1. */
	attempt: number;
	/** Null once the rule is deleted. */
	ruleId: string | null;
	ruleName: string;
	evaluatorName: string;
	judgedTraceId: string;
	/** Of a judged trace its root; nothing is linked when it is empty. */
	judgedSpanId: string;
	/** Whom the calls went to. */
	baseUrl: string;
	model: string;
	calls: readonly JudgeCall[];
	expiresAt: Date;
}

export interface RecordedCalls {
	/** The trace of the attempt; null when nothing was asked. */
	traceId: string | null;
	/** US dollars of all calls that were answered, by the project's prices; null when one is unknown or none was answered. */
	costUsd: number | null;
}

type Plain = string | number | null | undefined;

const RESOURCE: Resource = {
	attributes: attributesOf({ "service.name": "spanwise" }),
	droppedAttributesCount: 0,
	schemaUrl: "",
};
const SCOPE: Scope = {
	name: "spanwise.judge",
	version: "",
	attributes: new Map(),
	droppedAttributesCount: 0,
	schemaUrl: "",
};

/**
 * Stores what a judge was asked as a trace of the project: a span of the attempt, linked to what was judged, and a model call
 * below it for each HTTP call, answered or not. Its ids follow from evaluation and attempt, so recording it again replaces
 * it. Origin `judge`: no rule matches it. It arrives from nobody, so neither the books nor the announcements know it. Derived
 * and priced as what senders report. Errors as `writeSpans`.
 */
export async function recordJudgeCalls(record: JudgeRecord): Promise<RecordedCalls> {
	const { projectId, calls, expiresAt } = record;
	if (calls.length === 0) return { traceId: null, costUsd: null };
	const overrides = (await listOverridesOf([projectId])).get(projectId) ?? [];
	const reported = [attemptSpan(record), ...calls.map((call, index) => callSpan(record, call, index))];
	const spans = reported.map((span): Span => {
		const derived = deriveIndexed(span);
		const cost = priceSpan(pricedFacts(span, derived), overrides);
		return { ...span, ...derived, ...cost, projectId, origin: "judge", expiresAt };
	});
	await writeSpans(spans);
	const answered = spans.slice(1).filter((_, index) => calls[index]?.answer != null);
	return { traceId: traceIdOf(record), costUsd: sumOf(answered.map(({ costUsd }) => costUsd)) };
}

function sumOf(costs: readonly (number | null)[]): number | null {
	if (costs.length === 0) return null;
	const sum = costs.reduce((all, cost) => (all === null || cost === null ? null : all + cost), 0);
	return sum === null ? null : roundUsd(sum);
}

function attemptSpan(record: JudgeRecord): ReportedSpan {
	const { calls, judgedTraceId, judgedSpanId } = record;
	const link = { traceId: judgedTraceId, spanId: judgedSpanId, traceState: "", flags: 0 };
	const ends = calls.map(({ startedAt, latencyMs }) => startedAt.getTime() + latencyMs);
	return {
		...spanOf(record, "attempt", null),
		name: `judge ${record.evaluatorName}`,
		otelKind: "SPAN_KIND_INTERNAL",
		startTimeUnixNano: nanosOf(Math.min(...calls.map(({ startedAt }) => startedAt.getTime()))),
		endTimeUnixNano: nanosOf(Math.max(...ends)),
		...outcomeOf(calls.at(-1)),
		attributes: attributesOf({
			"gen_ai.operation.name": "judge",
			"spanwise.evaluation.id": record.evaluationId,
			"spanwise.evaluation.attempt": record.attempt,
			"spanwise.evaluator.name": record.evaluatorName,
			"spanwise.rule.id": record.ruleId,
			"spanwise.rule.name": record.ruleName,
			"spanwise.judged.trace_id": judgedTraceId,
			"spanwise.judged.span_id": judgedSpanId,
			"error.type": calls.at(-1)?.error?.kind,
		}),
		links: judgedSpanId === "" ? [] : [{ ...link, attributes: new Map(), droppedAttributesCount: 0 }],
	};
}

function callSpan(record: JudgeRecord, call: JudgeCall, index: number): ReportedSpan {
	const startedAt = call.startedAt.getTime();
	return {
		...spanOf(record, `call ${index}`, spanIdOf(record, "attempt")),
		name: `chat ${record.model}`,
		otelKind: "SPAN_KIND_CLIENT",
		startTimeUnixNano: nanosOf(startedAt),
		endTimeUnixNano: nanosOf(startedAt + call.latencyMs),
		...outcomeOf(call),
		attributes: attributesOf({
			"gen_ai.operation.name": "chat",
			"gen_ai.request.model": record.model,
			"gen_ai.response.model": call.model,
			"gen_ai.response.id": call.responseId,
			"gen_ai.usage.input_tokens": call.usage?.inputTokens,
			"gen_ai.usage.output_tokens": call.usage?.outputTokens,
			"gen_ai.usage.cache_read.input_tokens": call.usage?.cacheReadTokens,
			"gen_ai.input.messages": messageJson("user", call.prompt),
			"gen_ai.output.messages": call.answer === null ? null : messageJson("assistant", call.answer),
			"server.address": hostOf(record.baseUrl),
			"spanwise.judge.form": call.form,
			"error.type": call.error?.kind,
		}),
	};
}

/** What both kinds of span have alike. */
function spanOf(record: JudgeRecord, what: string, parentSpanId: string | null) {
	return {
		traceId: traceIdOf(record),
		spanId: spanIdOf(record, what),
		parentSpanId,
		traceState: "",
		flags: 0,
		droppedAttributesCount: 0,
		events: [],
		droppedEventsCount: 0,
		links: [],
		droppedLinksCount: 0,
		resource: RESOURCE,
		scope: SCOPE,
	};
}

function outcomeOf(call: JudgeCall | undefined): Pick<ReportedSpan, "statusCode" | "statusMessage"> {
	if (!call?.error) return { statusCode: "STATUS_CODE_OK", statusMessage: "" };
	return { statusCode: "STATUS_CODE_ERROR", statusMessage: call.error.message };
}

const traceIdOf = (record: JudgeRecord): string => digest(record, "trace").slice(0, 32);
const spanIdOf = (record: JudgeRecord, what: string): string => digest(record, what).slice(0, 16);

function digest({ evaluationId, attempt }: JudgeRecord, what: string): string {
	return createHash("sha256").update(`${evaluationId}\n${attempt}\n${what}`).digest("hex");
}

const nanosOf = (ms: number): bigint => BigInt(Math.round(ms)) * 1_000_000n;

const messageJson = (role: string, content: string): string =>
	JSON.stringify([{ role, parts: [{ type: "text", content }] }]);

function hostOf(url: string): string | null {
	return URL.canParse(url) ? new URL(url).hostname : null;
}

// Unknown is absent; numbers here are counts.
function attributesOf(values: Record<string, Plain>): Attributes {
	const attributes: Attributes = new Map();
	for (const [key, value] of Object.entries(values)) {
		if (typeof value === "number") attributes.set(key, { intValue: String(value) });
		else if (typeof value === "string") attributes.set(key, { stringValue: value.toWellFormed() });
	}
	return attributes;
}
