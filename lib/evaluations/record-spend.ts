import { db, type Store } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { DAY_MS } from "@/lib/time";

/** The day of a moment, as budgets count them: of UTC. */
export function spendDay(now: Date): Date {
	return new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
}

/** Adds to what a rule used today: US dollars and ended evaluations. Without effect when the rule is gone. */
export async function recordSpend(
	ruleId: string,
	{ usd, count }: { usd: number; count: number },
	now: Date,
	store: Store = db(),
): Promise<void> {
	await withDatabase(
		() => store.$executeRaw`
			INSERT INTO rule_spend (rule_id, day, usd, count)
			SELECT id, ${spendDay(now)}::date, ${usd}::float8, ${count}::int FROM rules WHERE id = ${ruleId}::uuid
			ON CONFLICT (rule_id, day) DO UPDATE
			SET usd = rule_spend.usd + excluded.usd, count = rule_spend.count + excluded.count`,
	);
}
