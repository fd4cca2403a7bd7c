import { z } from "zod";
import { endedIn } from "@/lib/alerts/span-window";
import type { TimeWindow } from "@/lib/alerts/time-window";
import { query } from "@/lib/clickhouse/query";
import { sql, string } from "@/lib/clickhouse/sql";

const Row = z.object({ samples: z.string(), error_ratio: z.number().nullable(), latency_ms: z.number().nullable() });

interface Measured {
	/** Root spans. */
	samples: number;
	/** Share of them that ended in an error; null without samples. */
	errorRatio: number | null;
	/** 95 of 100 took no longer; milliseconds. */
	latencyP95Ms: number | null;
}

/** The root spans of a project that ended in a window; what the judge itself sends does not count. */
export async function measureRoots({
	projectId,
	window,
}: {
	projectId: string;
	window: TimeWindow;
}): Promise<Measured> {
	const [row] = await query({
		name: "measure roots",
		sql: sql`
			SELECT count() AS samples, avg(status = 'error') AS error_ratio,
				quantileExact(0.95)(toFloat64(end_unix_nano - start_unix_nano) / 1000000) AS latency_ms
			FROM spans FINAL
			WHERE project_id = ${string(projectId)} AND ${endedIn(window)}
				AND (parent_span_id = '' OR marked_root) AND origin != 'judge' AND expires_at > now64(3)`,
		row: Row,
	});
	const samples = Number(row?.samples ?? 0);
	return {
		samples,
		errorRatio: row?.error_ratio ?? null,
		latencyP95Ms: samples === 0 ? null : (row?.latency_ms ?? null),
	};
}
