import { createHmac } from "node:crypto";
import type { Secret } from "@/lib/crypto/secret-box";

/** HMAC-SHA256 of `<timestamp>.<body>` in lower-case hex: what a request carries behind `v1=`. */
export function signRequest(secret: Secret, timestamp: string, body: Uint8Array): string {
	return createHmac("sha256", secret.reveal()).update(`${timestamp}.`, "utf8").update(body).digest("hex");
}
