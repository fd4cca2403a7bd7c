import { z } from "zod";
import type { Measurement } from "@/lib/alerts/decide-state";
import { endedIn } from "@/lib/alerts/span-window";
import type { TimeWindow } from "@/lib/alerts/time-window";
import { query } from "@/lib/clickhouse/query";
import { sql, string } from "@/lib/clickhouse/sql";

const Row = z.object({ calls: z.string(), priced: z.string(), total_usd: z.number() });

/**
 * US dollars of a project's model calls that ended in a window; samples are the calls whose cost is known. A call right
 * under another of its kind that tells its tokens or cost stands for both, as when an application and its gateway report
 * the same one. Calls of which no cost is known make it unknown, no calls make it zero. The judge's own calls do not count.
 */
export async function measureCost({
	projectId,
	window,
}: {
	projectId: string;
	window: TimeWindow;
}): Promise<Measurement> {
	const [row] = await query({
		name: "measure cost",
		sql: sql`
			WITH calls AS (
				SELECT trace_id, span_id, parent_span_id, kind, cost_usd,
					coalesce(input_tokens, output_tokens, total_tokens) IS NOT NULL OR cost_usd IS NOT NULL AS known
				FROM spans FINAL
				WHERE project_id = ${string(projectId)} AND ${endedIn(window)}
					AND kind IN ('llm', 'embedding', 'reranker') AND origin != 'judge' AND expires_at > now64(3)
			)
			SELECT count() AS calls, count(cost_usd) AS priced, sum(ifNull(cost_usd, 0)) AS total_usd
			FROM calls
			WHERE (trace_id, span_id, kind) NOT IN (SELECT trace_id, parent_span_id, kind FROM calls WHERE known)`,
		row: Row,
	});
	const [calls, priced] = [Number(row?.calls ?? 0), Number(row?.priced ?? 0)];
	return { samples: priced, value: calls > 0 && priced === 0 ? null : (row?.total_usd ?? 0) };
}
