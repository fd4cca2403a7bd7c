import { z } from "zod";
import { db, type Store } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { env } from "@/lib/env";
import { type Claim, claimTask } from "@/lib/evaluations/claim-task";
import { spendDay } from "@/lib/evaluations/record-spend";
import { usdText } from "@/lib/evaluations/usd-text";

interface Budgeted {
	taskId: string;
	runId: string;
	now: Date;
	rule: { id: string; dailyBudgetUsd: number | null; dailyBudgetCount: number | null };
	/** What the attempt will cost at most, in US dollars; null when no price is known. */
	estimateUsd: number | null;
}

/** Why a rule's budget does not allow an attempt: for today, or only while others are under way. */
export type OverBudget = { over: "today"; reason: string } | { over: "now" };

const Spent = z.array(z.object({ usd: z.number(), count: z.number() }));
const UnderWay = z.array(z.object({ usd: z.number(), count: z.bigint() }));

/**
 * Claims a task if the rule's budget of the day allows another attempt, in one step: what the attempts under way may still
 * cost is held back, so that side by side they do not spend the same dollar twice. Null as `claimTask`.
 */
export async function claimWithinBudget(attempt: Budgeted): Promise<Claim | OverBudget | null> {
	const { taskId, runId, now, rule, estimateUsd } = attempt;
	if (rule.dailyBudgetUsd === null && rule.dailyBudgetCount === null) return claimTask({ taskId, runId, now });
	return withDatabase(() =>
		db().$transaction(async (store) => {
			await store.$executeRaw`
				INSERT INTO rule_spend (rule_id, day) VALUES (${rule.id}::uuid, ${spendDay(now)}::date) ON CONFLICT DO NOTHING`;
			await store.$executeRaw`
				SELECT 1 FROM rule_spend WHERE rule_id = ${rule.id}::uuid AND day = ${spendDay(now)}::date FOR UPDATE`;
			const over = await findOver(store, attempt);
			if (over) return over;
			await settleInterrupted(store, attempt);
			return claimTask({ taskId, runId, now, reservedUsd: estimateUsd ?? 0 }, store);
		}),
	);
}

/** What `claimWithinBudget` would say of the budget at this moment; null when it allows an attempt or there is none. */
export async function peekBudget(attempt: Omit<Budgeted, "runId">): Promise<OverBudget | null> {
	const { dailyBudgetUsd, dailyBudgetCount } = attempt.rule;
	return dailyBudgetUsd === null && dailyBudgetCount === null ? null : withDatabase(() => findOver(db(), attempt));
}

async function findOver(
	store: Store,
	{ taskId, now, rule, estimateUsd }: Omit<Budgeted, "runId">,
): Promise<OverBudget | null> {
	const [spent] = Spent.parse(
		await store.$queryRaw`
			SELECT usd, count FROM rule_spend WHERE rule_id = ${rule.id}::uuid AND day = ${spendDay(now)}::date`,
	);
	const [underWay] = UnderWay.parse(
		await store.$queryRaw`
			SELECT coalesce(sum(reserved_usd), 0) AS usd, count(*) AS count FROM evaluation_tasks
			WHERE status = 'CLAIMED' AND rule_id = ${rule.id}::uuid AND id != ${taskId}::uuid`,
	);
	return overBudget(rule, {
		spent: spent ?? { usd: 0, count: 0 },
		underWay: { usd: underWay?.usd ?? 0, count: Number(underWay?.count ?? 0) },
		estimateUsd,
	});
}

// An attempt that a crash interrupted may have been answered, and paid for. Only of what may be taken over.
async function settleInterrupted(store: Store, { taskId, runId, rule, now }: Budgeted): Promise<void> {
	const timeoutSeconds = env().SPANWISE_TRACE_EVAL_CLAIM_TIMEOUT_MS / 1000;
	await store.$executeRaw`
		WITH interrupted AS (
			SELECT id, reserved_usd FROM evaluation_tasks
			WHERE id = ${taskId}::uuid AND status = 'CLAIMED' AND reserved_usd > 0
				AND (starts_with(claim_token, ${`${runId}:`})
					OR claimed_at < ${now.toISOString()}::timestamptz - make_interval(secs => ${timeoutSeconds}::float8))
			FOR UPDATE
		), settled AS (
			UPDATE evaluation_tasks SET reserved_usd = 0 FROM interrupted WHERE evaluation_tasks.id = interrupted.id
		)
		UPDATE rule_spend SET usd = usd + interrupted.reserved_usd FROM interrupted
		WHERE rule_id = ${rule.id}::uuid AND day = ${spendDay(now)}::date`;
}

interface Amounts {
	usd: number;
	count: number;
}

/** Null when another attempt fits. */
export function overBudget(
	{ dailyBudgetUsd, dailyBudgetCount }: Budgeted["rule"],
	{ spent, underWay, estimateUsd }: { spent: Amounts; underWay: Amounts; estimateUsd: number | null },
): OverBudget | null {
	if (dailyBudgetCount !== null) {
		if (spent.count >= dailyBudgetCount) {
			return { over: "today", reason: `All ${dailyBudgetCount} evaluations that the rule may make a day were made` };
		}
		if (spent.count + underWay.count >= dailyBudgetCount) return { over: "now" };
	}
	if (dailyBudgetUsd !== null && estimateUsd !== null) {
		if (spent.usd + estimateUsd > dailyBudgetUsd) {
			const spentText = `${usdText(spent.usd)} of the rule's ${usdText(dailyBudgetUsd)} a day are spent`;
			return { over: "today", reason: `${spentText}, and another evaluation may cost ${usdText(estimateUsd)}` };
		}
		if (spent.usd + underWay.usd + estimateUsd > dailyBudgetUsd) return { over: "now" };
	}
	return null;
}
