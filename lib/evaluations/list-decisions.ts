import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { Decision } from "@/lib/evaluations/decision";
import type { Evaluation } from "@/lib/evaluations/evaluation";
import { explainEvaluation } from "@/lib/evaluations/explain-evaluation";
import { isSampled, sampleOf } from "@/lib/evaluations/sample";
import { fromTaskRow } from "@/lib/evaluations/task-row";
import { explainMiss } from "@/lib/filter/explain-miss";
import { matchSpan } from "@/lib/filter/match-span";
import { printFilter } from "@/lib/filter/print-filter";
import { listEnabledRules } from "@/lib/rules/list-enabled-rules";
import type { Rule } from "@/lib/rules/rule";
import type { StoredSpan } from "@/lib/traces/trace";

/**
 * The decisions of every enabled rule of a project on a trace: exactly one current one for each of its spans and each rule
 * that judges spans, and for the trace as a whole and each rule that judges traces; replaced ones follow the one that took
 * their place. By rule, then in the order of the spans.
 */
export async function listDecisions(
	{ projectId, traceId, spans }: { projectId: string; traceId: string; spans: readonly StoredSpan[] },
	now: Date = new Date(),
): Promise<Decision[]> {
	const [rules, rows] = await Promise.all([
		listEnabledRules(projectId),
		withDatabase(() =>
			db().evaluationTask.findMany({
				where: { projectId, traceId, expiresAt: { gt: now } },
				orderBy: [{ createdAt: "desc" }, { id: "desc" }],
			}),
		),
	]);
	const made = new Map<string, Evaluation[]>();
	for (const evaluation of rows.map(fromTaskRow)) {
		const pair = `${evaluation.ruleId} ${evaluation.spanId}`;
		made.set(pair, [...(made.get(pair) ?? []), evaluation]);
	}
	return rules.flatMap((rule) => {
		const subjects: (StoredSpan | null)[] = rule.target === "TRACE" ? [null] : [...spans];
		return subjects.flatMap((span) => {
			const evaluations = made.get(`${rule.id} ${span?.spanId ?? ""}`) ?? [];
			const told = evaluations.map((evaluation) => ofEvaluation(rule, span, evaluation, now));
			if (evaluations.some((evaluation) => evaluation.current)) {
				return told.sort((a, b) => Number(b.evaluation?.current) - Number(a.evaluation?.current));
			}
			return [span ? ofSpan(rule, span, now) : ofTrace(rule, traceId, spans, now), ...told];
		});
	});
}

function ofEvaluation(rule: Rule, span: StoredSpan | null, evaluation: Evaluation, now: Date): Decision {
	const { ruleVersion } = evaluation;
	return { ...subject(rule, span), ruleVersion, ...explainEvaluation(evaluation, now), evaluation };
}

function ofSpan(rule: Rule, span: StoredSpan, now: Date): Decision {
	const miss = spanMiss(rule, span, now);
	if (miss !== null) return undecided(rule, span, "not_matched", miss);
	if (span.output === null && span.outputText === null) {
		return undecided(rule, span, "not_matched", "It has no output to judge");
	}
	return undecided(rule, span, ...sampled(rule, span.traceId));
}

function ofTrace(rule: Rule, traceId: string, spans: readonly StoredSpan[], now: Date): Decision {
	const [first] = spans;
	const only = spans.length === 1 && first ? spanMiss(rule, first, now) : null;
	if (spans.every((span) => spanMiss(rule, span, now) !== null)) {
		return undecided(
			rule,
			null,
			"not_matched",
			only ?? `None of its ${spans.length} spans fits ${printFilter(rule.filter)}`,
		);
	}
	return undecided(rule, null, ...sampled(rule, traceId));
}

/** Why a span does not count for a rule; null when it does. */
function spanMiss(rule: Rule, span: StoredSpan, now: Date): string | null {
	if (span.origin === "judge") return "It is a judge's own call";
	if (span.insertedAt < rule.activeSince) {
		return `It came before the rule was made, switched on or changed (${rule.activeSince.toISOString()})`;
	}
	if (matchSpan(rule.filter, span, now)) return null;
	const miss = explainMiss(rule.filter, span, now) ?? rule.filter;
	return `It does not fit ${printFilter(miss)}`;
}

function sampled(rule: Rule, traceId: string): ["sampled_out" | "pending", string] {
	const place = sampleOf(traceId).toFixed(4);
	if (isSampled(traceId, rule.sampleRate)) return ["pending", "It fits and is about to be taken up"];
	return ["sampled_out", `Its trace stands at ${place}; the rule judges those below ${rule.sampleRate}`];
}

function undecided(rule: Rule, span: StoredSpan | null, state: Decision["state"], reason: string): Decision {
	return { ...subject(rule, span), ruleVersion: rule.version, state, reason, evaluation: null };
}

function subject(rule: Rule, span: StoredSpan | null) {
	return { ruleId: rule.id, ruleName: rule.name, spanId: span?.spanId ?? null, spanName: span?.name ?? null };
}
