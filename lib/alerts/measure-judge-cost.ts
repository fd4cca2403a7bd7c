import type { Measurement } from "@/lib/alerts/decide-state";
import type { TimeWindow } from "@/lib/alerts/time-window";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";

/**
 * US dollars that judging by a rule cost, over its evaluations that ended in a window; samples are those whose cost is known.
 * Evaluations of which no cost is known make it unknown, no evaluations make it zero.
 */
export async function measureJudgeCost({
	projectId,
	ruleId,
	window,
}: {
	projectId: string;
	ruleId: string;
	window: TimeWindow;
}): Promise<Measurement> {
	const { _count, _sum } = await withDatabase(() =>
		db().evaluationTask.aggregate({
			where: { projectId, ruleId, completedAt: { gte: window.from, lt: window.to }, model: { not: null } },
			_count: { id: true, costUsd: true },
			_sum: { costUsd: true },
		}),
	);
	return { samples: _count.costUsd, value: _count.id > 0 && _count.costUsd === 0 ? null : (_sum.costUsd ?? 0) };
}
