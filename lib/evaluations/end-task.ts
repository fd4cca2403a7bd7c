import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { Claim } from "@/lib/evaluations/claim-task";
import { recordSpend } from "@/lib/evaluations/record-spend";
import type { ModelErrorKind } from "@/lib/llm/model-error";
import { together } from "@/lib/together";

/** What went wrong, fit to be kept. */
export interface Trouble {
	lastError: string;
	lastErrorKind: ModelErrorKind | null;
}

/** What an attempt used, whether it brought a score or not. */
export interface Used {
	model: string | null;
	/** US dollars; null when unknown. */
	costUsd: number | null;
	latencyMs: number | null;
	judgeTraceId: string | null;
}

export const UNUSED: Used = { model: null, costUsd: null, latencyMs: null, judgeTraceId: null };

/** A score ends the task. Tasks that end at the same time end together, with what they add to their rules' spend. */
export async function endScored(
	claim: Claim,
	verdict: { score: number; success: boolean; reason: string; parseFailed: boolean },
	used: Used,
	now: Date,
): Promise<void> {
	await endTogether([{ claim, verdict, used, now }]);
}

interface Scored {
	claim: Claim;
	verdict: { score: number; success: boolean; reason: string; parseFailed: boolean };
	used: Used;
	now: Date;
}

const endTogether = together<Scored, never>(async (scored) => {
	const list = <Value>(read: (one: Scored) => Value) => scored.map(read);
	await withDatabase(
		() => db().$executeRaw`
			WITH ended AS (
				UPDATE evaluation_tasks AS task
				SET status = 'SUCCEEDED', score = verdict.score, success = verdict.success, reason = verdict.reason,
					parse_failed = verdict.parse_failed, last_error = NULL, last_error_kind = NULL, model = verdict.model,
					cost_usd = coalesce(task.cost_usd + verdict.cost_usd, verdict.cost_usd, task.cost_usd),
					latency_ms = verdict.latency_ms, judge_trace_id = verdict.judge_trace_id,
					completed_at = verdict.moment, claim_token = NULL, reserved_usd = 0
				FROM unnest(
					${list(({ claim }) => claim.task.id)}::uuid[],
					${list(({ claim }) => claim.token)}::text[],
					${list(({ verdict }) => verdict.score)}::float8[],
					${list(({ verdict }) => verdict.success)}::boolean[],
					${list(({ verdict }) => postgresText(verdict.reason))}::text[],
					${list(({ verdict }) => verdict.parseFailed)}::boolean[],
					${list(({ used }) => used.model && postgresText(used.model))}::text[],
					${list(({ used }) => used.costUsd)}::float8[],
					${list(({ used }) => used.latencyMs)}::int[],
					${list(({ used }) => used.judgeTraceId)}::text[],
					${list(({ now }) => now.toISOString())}::timestamptz[],
					${list(({ claim, used }) => used.costUsd ?? claim.task.reservedUsd)}::float8[]
				) AS verdict (id, token, score, success, reason, parse_failed, model, cost_usd, latency_ms, judge_trace_id, moment,
					spent_usd)
				WHERE task.id = verdict.id AND task.status = 'CLAIMED' AND task.claim_token = verdict.token
				RETURNING task.rule_id, (verdict.moment AT TIME ZONE 'UTC')::date AS day, verdict.spent_usd
			)
			INSERT INTO rule_spend (rule_id, day, usd, count)
			SELECT ended.rule_id, day, sum(spent_usd), count(*) FROM ended JOIN rules ON rules.id = ended.rule_id
			GROUP BY ended.rule_id, day ORDER BY ended.rule_id, day
			ON CONFLICT (rule_id, day) DO UPDATE
			SET usd = rule_spend.usd + excluded.usd, count = rule_spend.count + excluded.count`,
	);
	return new Map<Scored, never>();
});

/** The task has failed for good. */
export async function endFailed(claim: Claim, trouble: Trouble, used: Used, now: Date): Promise<void> {
	const lastError = postgresText(trouble.lastError);
	const data = { ...trouble, lastError, status: "FAILED" as const };
	await leave(
		claim,
		{ ...data, ...total(claim, used), completedAt: now },
		{ spentUsd: spentBy(claim, trouble, used), ended: true, now },
	);
}

/** Another attempt may follow, not before `waitMs` milliseconds have passed. */
export async function returnPending(
	claim: Claim,
	{ trouble, used, waitMs, now }: { trouble: Trouble; used: Used; waitMs: number; now: Date },
): Promise<void> {
	const lastError = postgresText(trouble.lastError);
	const notBefore = new Date(now.getTime() + waitMs);
	const data = { ...trouble, lastError, status: "PENDING" as const, notBefore, dispatchedAt: null };
	await leave(
		claim,
		{ ...data, ...total(claim, used), claimedAt: null },
		{ spentUsd: spentBy(claim, trouble, used), ended: false, now },
	);
}

/** No attempt was possible over its connection, so none is counted: the task waits until the connection is mended. */
export async function returnBlocked(claim: Claim, trouble: Trouble, used: Used, now: Date): Promise<void> {
	const lastError = postgresText(trouble.lastError);
	const data = { ...trouble, lastError, status: "BLOCKED" as const, attempts: { decrement: 1 }, claimedAt: null };
	await leave(
		claim,
		{ ...data, ...total(claim, used) },
		{ spentUsd: spentBy(claim, trouble, used), ended: false, now },
	);
}

// Only the holder of the claim writes, so a run that comes back late doubles nothing.
async function leave(
	{ task, token }: Claim,
	data: object,
	{ spentUsd, ended, now }: { spentUsd: number; ended: boolean; now: Date },
): Promise<void> {
	await withDatabase(() =>
		db().$transaction(async (store) => {
			const { count } = await store.evaluationTask.updateMany({
				where: { id: task.id, status: "CLAIMED", claimToken: token },
				data: { ...data, claimToken: null, reservedUsd: 0 },
			});
			if (count === 1 && task.ruleId && (ended || spentUsd > 0)) {
				await recordSpend(task.ruleId, { usd: spentUsd, count: ended ? 1 : 0 }, now, store);
			}
		}),
	);
}

// Calls that were cut short may have been answered all the same, and what was held back for them counts.
const MAYBE_PAID: ReadonlySet<ModelErrorKind | null> = new Set(["timeout", "network", "bad_reply"] as const);

function spentBy({ task }: Claim, { lastErrorKind }: Trouble, { costUsd }: Used): number {
	return costUsd ?? (MAYBE_PAID.has(lastErrorKind) ? task.reservedUsd : 0);
}

// A task's cost is that of all its attempts.
function total({ task }: Claim, used: Used): Partial<Used> {
	if (used === UNUSED) return {};
	const costUsd = used.costUsd === null ? task.costUsd : (task.costUsd ?? 0) + used.costUsd;
	return { ...used, costUsd };
}

// Postgres text holds no NUL; model answers do.
function postgresText(text: string): string {
	return text.replaceAll("\0", "\uFFFD").toWellFormed();
}
