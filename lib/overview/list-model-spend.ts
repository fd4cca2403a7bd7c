import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql, uint } from "@/lib/clickhouse/sql";
import type { OverviewScope } from "@/lib/overview/overview-window";
import { linesOf } from "@/lib/traces/sought";
import { nanoRange } from "@/lib/traces/time-window";

export interface ModelFigures {
	calls: number;
	/** Null when no call told. */
	inputTokens: number | null;
	outputTokens: number | null;
	/** US dollars of the calls whose cost is known; null when none is. */
	costUsd: number | null;
	/** Calls of which no cost is known. */
	unpriced: number;
}

export interface ModelSpend {
	total: ModelFigures;
	/** The most expensive first, then the most used; '' is a model that was not told. */
	models: (ModelFigures & { model: string })[];
	/** There are more models than these. */
	more: boolean;
}

const Row = z.object({
	whole: z.coerce.number(),
	model: z.string(),
	calls: z.string(),
	input: z.string().nullable(),
	output: z.string().nullable(),
	spent_usd: z.number().nullable(),
	priced: z.string(),
});

/**
 * What model calls used and cost, by the model that was asked for. A call right under another of its kind that tells its
 * tokens or cost stands for both, as when an application and its gateway report the same one. Judges' own do not count.
 */
export async function listModelSpend({ projectIds, window }: OverviewScope, limit = 8): Promise<ModelSpend> {
	const rows = await query({
		name: "overview models",
		sql: sql`
			WITH calls AS (
				SELECT trace_key, span_id, parent_span_id, kind, if(request_model = '', response_model, request_model) AS model,
					input_tokens, output_tokens, cost_usd,
					coalesce(input_tokens, output_tokens, total_tokens) IS NOT NULL OR cost_usd IS NOT NULL AS known
				FROM spans_by_time FINAL
				WHERE ${linesOf({ projectIds }, nanoRange(window))}
					AND kind IN ('llm', 'embedding', 'reranker') AND origin != 'judge'
			)
			SELECT grouping(model) AS whole, model, count() AS calls, sum(input_tokens) AS input, sum(output_tokens) AS output,
				sum(cost_usd) AS spent_usd, count(cost_usd) AS priced
			FROM calls
			WHERE (trace_key, span_id, kind) NOT IN (SELECT trace_key, parent_span_id, kind FROM calls WHERE known)
			GROUP BY GROUPING SETS ((model), ())
			ORDER BY whole DESC, ifNull(spent_usd, 0) DESC, calls DESC, model
			LIMIT ${uint(limit + 2)}`,
		row: Row,
	});
	const models = rows.filter(({ whole }) => whole === 0);
	return {
		total: figuresOf(rows.find(({ whole }) => whole === 1)),
		models: models.slice(0, limit).map((row) => ({ model: row.model, ...figuresOf(row) })),
		more: models.length > limit,
	};
}

function figuresOf(row: z.infer<typeof Row> | undefined): ModelFigures {
	if (!row) return { calls: 0, inputTokens: null, outputTokens: null, costUsd: null, unpriced: 0 };
	const [calls, priced] = [Number(row.calls), Number(row.priced)];
	return {
		calls,
		inputTokens: row.input === null ? null : Number(row.input),
		outputTokens: row.output === null ? null : Number(row.output),
		// Floats add up with noise at the end.
		costUsd: priced === 0 ? null : Math.round((row.spent_usd ?? 0) * 1e12) / 1e12,
		unpriced: calls - priced,
	};
}
