import { randomUUID } from "node:crypto";
import { takeTurn } from "@/lib/connections/take-turn";
import { env } from "@/lib/env";
import { isAppError } from "@/lib/errors";
import { judge } from "@/lib/evaluations/judge";
import { prepareJudging } from "@/lib/evaluations/judging";
import { decideSuccess } from "@/lib/judge/decide-success";
import type { RuleInput } from "@/lib/rules/rule";
import { sleep } from "@/lib/time";

const EXAMPLES_MAX = 5;
const TURN_PATIENCE_MS = 20_000;

/** What a rule says of one example. */
export interface DryRun {
	traceId: string;
	spanId: string;
	/** Null when there is none: see `error`. */
	verdict: { score: number; success: boolean; reason: string; parseFailed: boolean } | null;
	error: string | null;
	/** US dollars; null when unknown or nothing was asked. */
	costUsd: number | null;
	latencyMs: number | null;
}

/**
 * Has a rule, saved or not, judge some spans or their traces now, at most five and side by side. Nothing is kept but the
 * trace of the judge's calls, which cost money like all others; no budget counts them.
 */
export function dryRunRule(
	projectId: string,
	rule: RuleInput,
	examples: readonly { traceId: string; spanId: string }[],
): Promise<DryRun[]> {
	return Promise.all(
		examples.slice(0, EXAMPLES_MAX).map(async ({ traceId, spanId }): Promise<DryRun> => {
			const nothing = { traceId, spanId, verdict: null, costUsd: null, latencyMs: null };
			try {
				return { ...nothing, ...(await judgeOne(projectId, rule, { traceId, spanId })) };
			} catch (error) {
				if (!isAppError(error)) throw error;
				return { ...nothing, error: error.publicMessage };
			}
		}),
	);
}

async function judgeOne(
	projectId: string,
	rule: RuleInput,
	example: { traceId: string; spanId: string },
): Promise<Omit<DryRun, "traceId" | "spanId">> {
	const { name: ruleName, connectionId, evaluatorName, evaluator, minScore, maxScore, threshold } = rule;
	const judging = await prepareJudging({
		id: randomUUID(),
		projectId,
		ruleId: null,
		connectionId,
		traceId: example.traceId,
		spanId: rule.target === "TRACE" ? "" : example.spanId,
		snapshot: { ruleName, evaluatorName, minScore, maxScore, threshold },
		evaluator,
	});
	if (judging.connection) {
		const turn = await takeTurn(judging.connection, TURN_PATIENCE_MS);
		if (!turn.taken) {
			const error = "The connection's own limit leaves no room for another call at the moment";
			return { verdict: null, error, costUsd: null, latencyMs: null };
		}
		await sleep(turn.waitMs);
	}
	const result = await judge(judging, { attempt: 1, timeoutMs: env().SPANWISE_JUDGE_TIMEOUT_MS });
	const { costUsd, latencyMs } = result.used;
	if (!("verdict" in result)) return { verdict: null, error: result.trouble.lastError, costUsd, latencyMs };
	const { score, reason, parseFailed, passed } = result.verdict;
	const success = passed ?? decideSuccess({ score, reason, parseFailed }, threshold);
	return { verdict: { score, success, reason, parseFailed }, error: null, costUsd, latencyMs };
}
