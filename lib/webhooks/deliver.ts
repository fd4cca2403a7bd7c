import { openSecret } from "@/lib/crypto/secret-box";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { AlertWebhook, WebhookDelivery } from "@/lib/db/generated/client";
import { isAppError } from "@/lib/errors";
import { type OutboundFetch, outboundFetch } from "@/lib/http/outbound-fetch";
import { parseRetryAfter } from "@/lib/http/retry-after";
import { ATTEMPTS_MAX, claimDelivery, type DeliveryClaim, TEST_ATTEMPTS_MAX } from "@/lib/webhooks/claim-delivery";
import { decideAnswer } from "@/lib/webhooks/decide-answer";
import { TEST_EVENT } from "@/lib/webhooks/delivery";
import { isOvertaken, OVERTAKEN } from "@/lib/webhooks/overtaken";
import { readHead } from "@/lib/webhooks/read-head";
import { retryWait } from "@/lib/webhooks/retry-wait";
import { signDelivery } from "@/lib/webhooks/sign-delivery";

const TIMEOUT_MS = 10_000;
const ANSWER_CHARS_MAX = 500;

/** How an attempt ended: nothing left to do, or try again after a wait. */
export type DeliveryOutcome = { status: "ended" } | { status: "retry"; afterMs: number };

const ENDED: DeliveryOutcome = { status: "ended" };

interface Attempt {
	deliveryId: string;
	/** Identity of the caller's run: it may take back a delivery that it held when the process died. */
	runId: string;
	/** For the whole exchange. */
	timeoutMs?: number;
	random?: () => number;
	/** When the attempt begins. */
	now?: Date;
	send?: OutboundFetch;
}

/** What came of one exchange, fit to be kept: no piece of the secret or the body is in it. */
interface Exchange {
	verdict: "taken" | "refused" | "later";
	answerStatus: number | null;
	answerText: string | null;
	lastError: string | null;
	retryAfterMs?: number | undefined;
}

/**
 * One attempt at one delivery: claim, send, note the answer. Only the holder of the claim sends and ends it. After a crash
 * in between it is sent again under the same id, so a receiver that remembers ids takes it once. Passing trouble leaves it
 * pending until a moment, ten attempts at most; a test has one. It is not tried again once something later is to be told of
 * the same alert.
 */
export async function deliver({
	deliveryId,
	runId,
	timeoutMs = TIMEOUT_MS,
	random = Math.random,
	now = new Date(),
	send = outboundFetch,
}: Attempt): Promise<DeliveryOutcome> {
	const waiting = await withDatabase(() => db().webhookDelivery.findUnique({ where: { id: deliveryId } }));
	if (waiting?.status !== "PENDING") return ENDED;
	const earlyMs = waiting.notBefore ? waiting.notBefore.getTime() - now.getTime() : 0;
	if (earlyMs > 0) return { status: "retry", afterMs: earlyMs };
	const attemptsMax = waiting.event === TEST_EVENT ? TEST_ATTEMPTS_MAX : ATTEMPTS_MAX;
	const claim = await claimDelivery(deliveryId, runId, { attemptsMax, now });
	if (!claim) return ENDED;
	const { delivery } = claim;
	// A later message that was queued while this one was under way could not end it.
	if (delivery.attempts > 1 && (await isOvertaken(delivery))) {
		return end(claim, { status: "FAILED", lastError: OVERTAKEN, completedAt: new Date(), claimToken: null });
	}
	const begun = performance.now();
	const { verdict, retryAfterMs, ...kept } = await exchange(delivery, { timeoutMs, now, send });
	const noted = { ...kept, durationMs: Math.round(performance.now() - begun), claimToken: null };
	if (verdict === "taken") return end(claim, { ...noted, status: "DELIVERED", completedAt: new Date() });
	if (verdict === "refused" || delivery.attempts >= attemptsMax) {
		return end(claim, { ...noted, status: "FAILED", completedAt: new Date() });
	}
	if (await isOvertaken(delivery)) {
		return end(claim, { ...noted, status: "FAILED", lastError: OVERTAKEN, completedAt: new Date() });
	}
	const afterMs = retryWait({ retryAfterMs }, delivery.attempts, random);
	await end(claim, { ...noted, claimedAt: null, notBefore: new Date(Date.now() + afterMs) });
	return { status: "retry", afterMs };
}

async function exchange(
	delivery: WebhookDelivery & { webhook: AlertWebhook },
	{ timeoutMs, now, send }: Required<Pick<Attempt, "timeoutMs" | "now" | "send">>,
): Promise<Exchange> {
	const { webhook, body, event, id } = delivery;
	const nothing = { answerStatus: null, answerText: null };
	if (!webhook.enabled && event !== TEST_EVENT) {
		return { ...nothing, verdict: "refused", lastError: "The webhook is switched off" };
	}
	const signal = AbortSignal.timeout(timeoutMs);
	try {
		const secret = webhook.sealedSecret === null ? null : openSecret(webhook.sealedSecret, webhook.id);
		const response = await send(webhook.url, {
			method: "POST",
			headers: {
				"Content-Type": "application/json",
				"User-Agent": "Spanwise",
				"X-Spanwise-Event": event,
				"X-Spanwise-Delivery": id,
				"Idempotency-Key": id,
				...(secret ? signDelivery(body, secret, now) : {}),
			},
			body,
			signal,
		});
		const answerText = await readHead(response, ANSWER_CHARS_MAX);
		const verdict = decideAnswer(response.status);
		return {
			verdict,
			answerStatus: response.status,
			answerText,
			lastError: verdict === "taken" ? null : answerWords(response.status),
			retryAfterMs: parseRetryAfter(response.headers.get("retry-after")),
		};
	} catch (error) {
		// What the guard refuses and what cannot be unsealed stays so; its words hold no secret.
		if (isAppError(error)) return { ...nothing, verdict: "refused", lastError: error.publicMessage };
		return { ...nothing, verdict: "later", lastError: signal.aborted ? lateWords(timeoutMs) : networkWords(error) };
	}
}

function answerWords(status: number): string {
	const redirect = status >= 300 && status < 400 ? "; redirects are not followed" : "";
	return `The receiver answered HTTP ${status}${redirect}`;
}

function lateWords(timeoutMs: number): string {
	return `The receiver did not answer within ${timeoutMs / 1000} s`;
}

function networkWords(error: unknown): string {
	const code = error instanceof Error && "code" in error ? String(error.code) : "connection failed";
	return `The receiver could not be reached: ${code}`;
}

async function end({ delivery, token }: DeliveryClaim, data: object): Promise<DeliveryOutcome> {
	await withDatabase(() =>
		db().webhookDelivery.updateMany({ where: { id: delivery.id, status: "PENDING", claimToken: token }, data }),
	);
	return ENDED;
}
