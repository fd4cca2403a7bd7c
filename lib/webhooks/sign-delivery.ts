import { createHmac } from "node:crypto";
import type { Secret } from "@/lib/crypto/secret-box";

/**
 * The signatures of a body. `X-Dokimos-Signature` is the HMAC-SHA256 of the body in lower-case hex, as Dokimos sends it;
 * `X-Spanwise-Signature` is `t=<unix seconds>,v1=<HMAC-SHA256 of "<t>.<body>">`, so that a receiver can refuse what is old.
 */
export function signDelivery(body: string, secret: Secret, at: Date): Record<string, string> {
	const hmac = (text: string) => createHmac("sha256", secret.reveal()).update(text, "utf8").digest("hex");
	const seconds = Math.floor(at.getTime() / 1000);
	return {
		"X-Dokimos-Signature": hmac(body),
		"X-Spanwise-Signature": `t=${seconds},v1=${hmac(`${seconds}.${body}`)}`,
	};
}
