import { createHmac } from "node:crypto";

export const SESSION_COOKIE = "spanwise_session";

/** What a signed-in browser carries: proof of the key, not the key. Changing the key ends every session. */
export function sessionKey(apiKey: string): string {
	return createHmac("sha256", apiKey).update("spanwise dashboard session").digest("base64url");
}
