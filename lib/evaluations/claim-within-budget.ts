import { z } from "zod";
import { db, type Store } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
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
	const day = spendDay(now);
	return withDatabase(() =>
		db().$transaction(async (store) => {
			await store.$executeRaw`
				INSERT INTO rule_spend (rule_id, day) VALUES (${rule.id}::uuid, ${day}::date) ON CONFLICT DO NOTHING`;
			const [spent] = Spent.parse(
				await store.$queryRaw`
					SELECT usd, count FROM rule_spend WHERE rule_id = ${rule.id}::uuid AND day = ${day}::date FOR UPDATE`,
			);
			const [underWay] = UnderWay.parse(
				await store.$queryRaw`
					SELECT coalesce(sum(reserved_usd), 0) AS usd, count(*) AS count FROM evaluation_tasks
					WHERE status = 'CLAIMED' AND rule_id = ${rule.id}::uuid AND id != ${taskId}::uuid`,
			);
			if (!spent || !underWay) return null;
			const over = overBudget(rule, {
				spent,
				underWay: { usd: underWay.usd, count: Number(underWay.count) },
				estimateUsd,
			});
			if (over) return over;
			await settleInterrupted(store, attempt);
			return claimTask({ taskId, runId, now, reservedUsd: estimateUsd ?? 0 }, store);
		}),
	);
}

// An attempt that a crash interrupted may have been answered, and paid for.
async function settleInterrupted(store: Store, { taskId, rule, now }: Budgeted): Promise<void> {
	await store.$executeRaw`
		UPDATE rule_spend SET usd = usd + task.reserved_usd FROM evaluation_tasks AS task
		WHERE task.id = ${taskId}::uuid AND rule_spend.rule_id = ${rule.id}::uuid AND day = ${spendDay(now)}::date`;
	await store.$executeRaw`UPDATE evaluation_tasks SET reserved_usd = 0 WHERE id = ${taskId}::uuid`;
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
