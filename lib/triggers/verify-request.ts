import { randomBytes, timingSafeEqual } from "node:crypto";
import { openSecret, Secret } from "@/lib/crypto/secret-box";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { AppError, toAppError } from "@/lib/errors";
import { isUuid } from "@/lib/ids";
import { logger } from "@/lib/logger";
import { signRequest } from "@/lib/triggers/sign-request";

const SKEW_SECONDS_MAX = 300;
/** Stands in where a project has no trigger, so that the answer takes as long and says the same. */
const NOBODY = new Secret(randomBytes(32).toString("hex"));

interface SignedRequest {
	headers: Headers;
	/** As received. Empty for a GET. */
	body: Uint8Array;
	/** Of the project whose triggers count. */
	projectId: string;
	now?: Date;
}

/**
 * Lets a request through that one of the project's triggers signed within five minutes of now: `X-Spanwise-Timestamp` in
 * unix seconds and `X-Spanwise-Signature: v1=<HMAC-SHA256 of "<timestamp>.<body>" in hex>`. Else `unauthenticated`, in the
 * same words for a project that nobody has. Returns the request's identity: the same request again has the same.
 */
export async function verifyRequest({
	headers,
	body,
	projectId,
	now = new Date(),
}: SignedRequest): Promise<{ requestId: string }> {
	const timestamp = headers.get("x-spanwise-timestamp");
	const signature = headers.get("x-spanwise-signature");
	if (timestamp === null || signature === null) {
		throw unauthenticated("X-Spanwise-Timestamp and X-Spanwise-Signature are required");
	}
	if (!/^\d{1,12}$/.test(timestamp)) throw unauthenticated("X-Spanwise-Timestamp must be unix seconds");
	const given = /^v1=([0-9a-f]{64})$/i.exec(signature.trim())?.[1]?.toLowerCase();
	if (given === undefined) throw unauthenticated("X-Spanwise-Signature must be v1= and 64 hex digits");
	if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > SKEW_SECONDS_MAX) {
		throw unauthenticated("X-Spanwise-Timestamp is more than five minutes away from this server's clock");
	}
	const triggers = isUuid(projectId)
		? await withDatabase(() => db().evaluationTrigger.findMany({ where: { projectId } }))
		: [];
	let signer: string | undefined;
	for (const { id, secret } of [{ id: undefined, secret: NOBODY }, ...triggers.flatMap(opened)]) {
		// All are compared: how long it takes says nothing of which one fits.
		const fits = timingSafeEqual(Buffer.from(signRequest(secret, timestamp, body), "hex"), Buffer.from(given, "hex"));
		if (fits) signer = id;
	}
	if (signer === undefined) throw unauthenticated("X-Spanwise-Signature fits no trigger of that project");
	await withDatabase(() =>
		db().evaluationTrigger.updateMany({ where: { id: signer, projectId }, data: { lastUsedAt: now } }),
	);
	return { requestId: `${signer}:${given}` };
}

/** Empty for a trigger whose secret cannot be opened: nobody can use it, and it must not lock out the others. */
function opened({ id, sealedSecret }: { id: string; sealedSecret: string }): { id: string; secret: Secret }[] {
	try {
		return [{ id, secret: openSecret(sealedSecret, id) }];
	} catch (error) {
		logger.warn("trigger skipped, its secret cannot be opened", { trigger: id, error: toAppError(error).code });
		return [];
	}
}

function unauthenticated(message: string): AppError {
	return new AppError("unauthenticated", message);
}
