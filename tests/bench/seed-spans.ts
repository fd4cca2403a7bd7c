import { command } from "@/lib/clickhouse/command";
import { sql, string, uint } from "@/lib/clickhouse/sql";
import { DAY_MS } from "@/lib/time";

const SPANS_A_DAY = 100_000;
const SPANS_A_TRACE = 10;
const BLOCK = 50_000;

/**
 * Writes spans of a steady service into `spans`, and so into everything that views make of it: traces of ten spans, a hundred
 * thousand spans a day, the newest now. The store makes them itself, because ten million would take a sender an hour. Ordered
 * as they would have arrived, in one block and one part per fifty thousand.
 *
 * Of the traces one in 50 fails; each has its own words in its texts, one in 10,000 also "zanzibar".
 */
export async function seedSpans(projectId: string, spans: number, now = Date.now()): Promise<void> {
	const traces = spans / SPANS_A_TRACE;
	const stepMs = DAY_MS / (SPANS_A_DAY / SPANS_A_TRACE);
	const first = now - traces * stepMs;
	for (let start = 0; start < spans; start += BLOCK) {
		await command("seed spans", block(projectId, { start, rows: Math.min(BLOCK, spans - start), first, stepMs }));
	}
}

interface Block {
	start: number;
	rows: number;
	/** Epoch milliseconds of the first trace, and from one to the next. */
	first: number;
	stepMs: number;
}

function block(projectId: string, { start, rows, first, stepMs }: Block) {
	return sql`
		INSERT INTO spans (
			project_id, trace_id, span_id, parent_span_id, name, display_name, otel_kind, start_unix_nano, end_unix_nano,
			status_code, status, attributes, resource_attributes, scope_name, origin, kind, convention, provider, request_model,
			response_model, input, output, input_text, output_text, input_tokens, output_tokens, total_tokens, cost_usd,
			cost_input, cost_output, cost_source, session_id, user_id, tags, environment, release, tool_name, agent_name,
			ttft_ms, derive_version, inserted_at, expires_at
		)
		WITH
			number + ${uint(start)} AS n,
			intDiv(n, ${uint(SPANS_A_TRACE)}) AS trace,
			n % ${uint(SPANS_A_TRACE)} AS place,
			sipHash64(trace) AS luck,
			sipHash64(n, 'span') AS own,
			['agent', 'llm', 'tool', 'llm', 'retriever', 'llm', 'tool', 'chain', 'llm', 'guardrail'][place + 1] AS kind_,
			kind_ = 'llm' AS calls,
			luck % 50 = 0 AND place IN (0, 6) AS failed,
			['the', 'order', 'refund', 'customer', 'payment', 'search', 'model', 'answer', 'question', 'please', 'cannot',
				'invoice', 'delivery', 'error', 'account', 'agent', 'before', 'policy', 'return', 'days', 'receipt', 'warranty',
				'address', 'parcel', 'number', 'confirm', 'cancel', 'subscription', 'upgrade', 'month', 'price', 'support'] AS words,
			arrayStringConcat(arrayMap(i -> words[1 + sipHash64(n, i) % 32], range(30 + own % 30)), ' ') AS said,
			toUInt64(${uint(Math.round(first))} + trace * ${uint(Math.round(stepMs))}) * 1000000 + place * 130000000 AS begin,
			toUInt64(begin + if(place = 0, 1900000000, 90000000) + own % 400000000) AS finish
		SELECT
			${string(projectId)},
			lower(hex(sipHash128(trace, 'trace'))),
			lower(hex(own)),
			if(place = 0, '', lower(hex(sipHash64(trace * ${uint(SPANS_A_TRACE)}, 'span')))),
			['support-agent', 'chat gpt-4o', 'execute_tool find_order', 'chat gpt-4o-mini', 'retrieve policies', 'chat gpt-4o',
				'execute_tool refund', 'format', 'chat claude-sonnet-4-5', 'check answer'][place + 1] AS name_,
			name_,
			if(calls, 'SPAN_KIND_CLIENT', 'SPAN_KIND_INTERNAL'),
			begin, finish,
			if(failed, 'STATUS_CODE_ERROR', 'STATUS_CODE_UNSET'),
			if(failed, 'error', 'ok'),
			map('gen_ai.operation.name', kind_, 'app.region', ['eu', 'us', 'ap'][1 + luck % 3], 'app.step', toString(place),
				'app.request', lower(hex(luck))),
			map('service.name', ['support', 'checkout', 'search'][1 + luck % 3], 'telemetry.sdk.language', 'nodejs'),
			'seed', 'otlp', kind_, 'otel', if(calls, 'openai', ''),
			if(calls, ['gpt-4o', 'gpt-4o-mini', 'claude-sonnet-4-5'][1 + own % 3], '') AS model_, model_,
			'', '',
			concat(said, ' r', lower(hex(luck % 1000000)), if(luck % 10000 = 7 AND place = 3, ' to zanzibar', '')),
			concat('Re: ', substring(said, 40), ' a', toString(own % 1000000)),
			if(calls, 200 + own % 3000, NULL), if(calls, 20 + own % 500, NULL), if(calls, 220 + own % 3500, NULL),
			if(calls, (own % 1000) / 100000, NULL), if(calls, (own % 700) / 100000, NULL), if(calls, (own % 300) / 100000, NULL),
			if(calls, 'genai-prices', ''),
			concat('session-', toString(intDiv(trace, 4))),
			concat('user-', toString(luck % 5000)),
			if(luck % 5 = 0, ['beta'], []),
			if(luck % 8 = 0, 'staging', 'production'),
			concat('v1.', toString(intDiv(trace, 20000))),
			if(kind_ = 'tool', splitByChar(' ', name_)[2], ''),
			if(place = 0, 'support-agent', ''),
			if(calls, 100 + own % 900, NULL),
			1,
			fromUnixTimestamp64Nano(toInt64(finish + 1000000000), 'UTC'),
			fromUnixTimestamp64Nano(toInt64(finish), 'UTC') + INTERVAL 400 DAY
		FROM numbers(${uint(rows)})`;
}
