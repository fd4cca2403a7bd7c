import { randomUUID } from "node:crypto";
import { z } from "zod";
import { db, type Store } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { env } from "@/lib/env";
import { together } from "@/lib/together";

/** What an attempt needs to know of its task. */
const ClaimedTask = z.object({
	id: z.string(),
	projectId: z.string(),
	ruleId: z.string().nullable(),
	ruleVersion: z.number(),
	connectionId: z.string().nullable(),
	traceId: z.string(),
	spanId: z.string(),
	/** This one too. */
	attempts: z.number(),
	/** US dollars of the attempts before; null when none is known. */
	costUsd: z.number().nullable(),
	expiresAt: z.coerce.date(),
	/** US dollars held back of the rule's budget for this attempt. */
	reservedUsd: z.number(),
});
export type ClaimedTask = z.infer<typeof ClaimedTask>;

export interface Claim {
	task: ClaimedTask;
	/** Fences the claim: only its holder may end the task. */
	token: string;
}

interface Claiming {
	taskId: string;
	/** Identity of the caller's run: it may take back a task that it held when the process died. */
	runId: string;
	now?: Date;
	/** US dollars held back of the rule's budget while the attempt is under way. */
	reservedUsd?: number;
}

/**
 * Takes a task for one attempt, atomically: when it is pending and need not wait, when the same run held it before a crash,
 * or when its claim is older than the time-out. Null when somebody else has it or it has ended. A task interrupted on its
 * last attempt ends FAILED instead of waiting for ever. Tasks that are claimed at the same time are claimed together, but in
 * a transaction of the caller.
 */
export async function claimTask({ now = new Date(), ...claiming }: Claiming, store?: Store): Promise<Claim | null> {
	const wish = { reservedUsd: 0, ...claiming, now, token: `${claiming.runId}:${randomUUID()}` };
	const claims = store ? await claimAll([wish], store) : await claimTogether([wish]);
	const task = claims.get(wish);
	if (task) return { task, token: wish.token };
	await endInterrupted(wish, store ?? db());
	return null;
}

type Wish = Required<Claiming> & { token: string };

const claimTogether = together<Wish, ClaimedTask>((wishes) => claimAll(wishes, db()));

async function claimAll(wishes: readonly Wish[], store: Store): Promise<ReadonlyMap<Wish, ClaimedTask>> {
	const { SPANWISE_TRACE_EVAL_MAX_ATTEMPTS: attemptsMax, SPANWISE_TRACE_EVAL_CLAIM_TIMEOUT_MS: timeoutMs } = env();
	const rows = z.array(ClaimedTask.extend({ token: z.string() })).parse(
		await withDatabase(
			() => store.$queryRaw`
				UPDATE evaluation_tasks AS task
				SET status = 'CLAIMED', claim_token = wish.token, claimed_at = wish.moment, not_before = NULL,
					reserved_usd = wish.reserved_usd, attempts = task.attempts + 1
				FROM unnest(
					${wishes.map(({ taskId }) => taskId)}::uuid[],
					${wishes.map(({ runId }) => runId)}::text[],
					${wishes.map(({ token }) => token)}::text[],
					${wishes.map(({ now }) => now.toISOString())}::timestamptz[],
					${wishes.map(({ reservedUsd }) => reservedUsd)}::float8[]
				) AS wish (id, run_id, token, moment, reserved_usd)
				WHERE task.id = wish.id AND task.attempts < ${attemptsMax}
					AND (task.status = 'PENDING' AND (task.not_before IS NULL OR task.not_before <= wish.moment)
						OR task.status = 'CLAIMED' AND (starts_with(task.claim_token, wish.run_id || ':')
							OR task.claimed_at < wish.moment - make_interval(secs => ${timeoutMs / 1000}::float8)))
				RETURNING wish.token, task.id, task.project_id AS "projectId", task.rule_id AS "ruleId",
					task.rule_version AS "ruleVersion", task.connection_id AS "connectionId", task.trace_id AS "traceId",
					task.span_id AS "spanId", task.attempts, task.cost_usd AS "costUsd", task.expires_at AS "expiresAt", task.reserved_usd AS "reservedUsd"`,
		),
	);
	const byToken = new Map(rows.map(({ token, ...task }) => [token, task]));
	const claimed = new Map<Wish, ClaimedTask>();
	for (const wish of wishes) {
		const task = byToken.get(wish.token);
		if (task) claimed.set(wish, task);
	}
	return claimed;
}

async function endInterrupted({ taskId, runId, now }: Wish, store: Store): Promise<void> {
	const { SPANWISE_TRACE_EVAL_MAX_ATTEMPTS: attemptsMax, SPANWISE_TRACE_EVAL_CLAIM_TIMEOUT_MS: timeoutMs } = env();
	const abandoned = {
		status: "CLAIMED" as const,
		OR: [{ claimToken: { startsWith: `${runId}:` } }, { claimedAt: { lt: new Date(now.getTime() - timeoutMs) } }],
	};
	await withDatabase(() =>
		store.evaluationTask.updateMany({
			where: { id: taskId, attempts: { gte: attemptsMax }, OR: [{ status: "PENDING" }, abandoned] },
			data: { ...INTERRUPTED, completedAt: now },
		}),
	);
}

/** How a task ends whose last attempt nobody finished. */
export const INTERRUPTED = {
	status: "FAILED" as const,
	lastError: "Interrupted on the last attempt",
	lastErrorKind: null,
	claimToken: null,
	reservedUsd: 0,
};

/** True while the claim is the task's current one. */
export async function isHeld(claim: Claim): Promise<boolean> {
	return (await heldTogether([claim.token])).has(claim.token);
}

const heldTogether = together<string, true>(async (tokens) => {
	const rows = await withDatabase(() =>
		db().evaluationTask.findMany({
			where: { status: "CLAIMED", claimToken: { in: [...tokens] } },
			select: { claimToken: true },
		}),
	);
	return new Map(rows.map(({ claimToken }) => [claimToken ?? "", true]));
});
