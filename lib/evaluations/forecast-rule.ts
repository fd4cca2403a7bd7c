import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { joinSql, sql, string, uint } from "@/lib/clickhouse/sql";
import { openConnection } from "@/lib/connections/open-connection";
import { isAppError } from "@/lib/errors";
import { estimateCall } from "@/lib/evaluations/estimate-call";
import { HAS_OUTPUT } from "@/lib/evaluations/plan-tasks";
import { isSampledSql } from "@/lib/evaluations/sample";
import { filterSql } from "@/lib/filter/filter-sql";
import { renderPrompt } from "@/lib/judge/render-prompt";
import type { RuleInput } from "@/lib/rules/rule";
import { DAY_MS } from "@/lib/time";
import { utc } from "@/lib/traces/span-row";
import { startedBetween } from "@/lib/traces/started-between";

const DAYS = 7;
const EXAMPLES = 5;
// Whole texts are read of so many only.
const LENGTHS = 500;
const PREVIEW_CHARS = 300;
// A score and two sentences; what is usual for a token of English.
const ANSWER_TOKENS = 60;
const CHARS_PER_TOKEN = 4;

export interface ForecastExample {
	traceId: string;
	/** Of a rule that judges traces, the span that fits. */
	spanId: string;
	name: string;
	startedAt: Date;
	inputPreview: string | null;
	outputPreview: string | null;
}

/** What a rule would have done lately. */
export interface Forecast {
	/** How many days were looked at. */
	days: number;
	/** Spans or traces that fit, and those of them that its sample would have judged; to about a percent. */
	matches: number;
	sampled: number;
	runsPerDay: number;
	/** US dollars; null when unknown, as `costNote` says. 0 where no model is asked. */
	costPerDayUsd: number | null;
	costNote: string | null;
	/** The latest ones that it would have judged, at most five. */
	examples: ForecastExample[];
}

const Total = z.object({ matches: z.coerce.number(), sampled: z.coerce.number() });
const Length = z.object({ chars: z.number().nullable() });
const Example = z.object({
	trace_id: z.string(),
	span_id: z.string(),
	name: z.string(),
	started_at: z.string(),
	input: z.string(),
	output: z.string(),
});

/**
 * What a rule, saved or not, would have judged of what is stored, by start times of the last days, and what a day of it may
 * cost. A store that is away is thrown as `unavailable`.
 */
export async function forecastRule(
	projectId: string,
	rule: RuleInput,
	{ days = DAYS, now = new Date() }: { days?: number; now?: Date } = {},
): Promise<Forecast> {
	const since = new Date(now.getTime() - days * DAY_MS);
	const isTrace = rule.target === "TRACE";
	const where = joinSql(
		[
			sql`project_id = ${string(projectId)} AND origin != 'judge' AND expires_at > now64(3)`,
			startedBetween(since, now),
			filterSql(rule.filter, now),
			...(isTrace ? [] : [HAS_OUTPUT]),
		],
		"AND",
	);
	const sampled = isSampledSql(rule.sampleRate);
	const subject = isTrace ? sql`sipHash64(trace_id)` : sql`sipHash64(trace_id, span_id)`;
	const [totals, lengths, examples] = await Promise.all([
		query({
			name: "forecast rule",
			sql: sql`
				SELECT uniqCombined64(${subject}) AS matches, uniqCombined64If(${subject}, ${sampled}) AS sampled
				FROM spans WHERE project_id = ${string(projectId)} AND ${where}`,
			row: Total,
			timeoutSeconds: 30,
		}),
		query({
			name: "forecast lengths",
			sql: sql`
				SELECT if(count() = 0, NULL, avg(chars)) AS chars FROM (
					SELECT lengthUTF8(whole_input_text) + lengthUTF8(whole_output_text) AS chars
					FROM spans WHERE project_id = ${string(projectId)} AND ${where} AND ${sampled}
					ORDER BY sipHash64(trace_id, span_id) LIMIT ${uint(LENGTHS)})`,
			row: Length,
			timeoutSeconds: 30,
		}),
		query({
			name: "forecast examples",
			sql: sql`
				SELECT trace_id, span_id, name, toString(if(start_unix_nano > 0, fromUnixTimestamp64Milli(toInt64(intDiv(start_unix_nano, 1000000)), 'UTC'), toDateTime64(inserted_at, 3, 'UTC'))) AS started_at,
					substringUTF8(input_text, 1, ${uint(PREVIEW_CHARS)}) AS input, substringUTF8(output_text, 1, ${uint(PREVIEW_CHARS)}) AS output
				FROM spans WHERE project_id = ${string(projectId)} AND ${where} AND ${sampled}
				ORDER BY start_unix_nano DESC LIMIT 1 BY ${isTrace ? sql`trace_id` : sql`trace_id, span_id`} LIMIT ${uint(EXAMPLES)}`,
			row: Example,
			timeoutSeconds: 30,
		}),
	]);
	const total = totals[0] ?? { matches: 0, sampled: 0 };
	const runsPerDay = capped(total.sampled / days, rule.dailyBudgetCount);
	return {
		days,
		matches: total.matches,
		sampled: total.sampled,
		runsPerDay,
		...(await costOf(projectId, rule, { runsPerDay, chars: lengths[0]?.chars ?? null })),
		examples: examples.map((row) => ({
			traceId: row.trace_id,
			spanId: row.span_id,
			name: row.name,
			startedAt: utc(row.started_at),
			inputPreview: row.input || null,
			outputPreview: row.output || null,
		})),
	};
}

async function costOf(
	projectId: string,
	rule: RuleInput,
	{ runsPerDay, chars }: { runsPerDay: number; chars: number | null },
): Promise<Pick<Forecast, "costPerDayUsd" | "costNote">> {
	const { evaluator, connectionId, dailyBudgetUsd } = rule;
	if (evaluator.kind !== "llm_judge" || !connectionId) return { costPerDayUsd: 0, costNote: null };
	if (chars === null) return { costPerDayUsd: null, costNote: "Nothing fits, so there is nothing to estimate by" };
	try {
		const connection = await openConnection(connectionId);
		const promptTokens = (frameChars(rule) + chars) / CHARS_PER_TOKEN;
		const each = await estimateCall(projectId, connection, { promptTokens, answerTokens: ANSWER_TOKENS });
		if (each === null) return { costPerDayUsd: null, costNote: `No price is known for ${connection.model}` };
		const note = "An estimate by the length of what would be judged and an answer of two sentences";
		return { costPerDayUsd: capped(each * runsPerDay, dailyBudgetUsd), costNote: note };
	} catch (error) {
		if (!isAppError(error) || error.retryable) throw error;
		return { costPerDayUsd: null, costNote: error.publicMessage };
	}
}

// What a prompt holds beside what is judged.
function frameChars({ evaluator, minScore, maxScore }: RuleInput): number {
	if (evaluator.kind !== "llm_judge") return 0;
	const rule = { evaluationId: "", criteria: evaluator.criteria, minScore, maxScore };
	return renderPrompt({ ...rule, input: "?", output: "?" }).length + (evaluator.template?.length ?? 0);
}

function capped(amount: number, limit: number | null): number {
	return limit === null ? amount : Math.min(amount, limit);
}
