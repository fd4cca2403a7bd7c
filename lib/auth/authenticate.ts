import { createHash, timingSafeEqual } from "node:crypto";
import { readCredentials } from "@/lib/auth/credentials";
import { sessionKey } from "@/lib/auth/session";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { HasHeaders } from "@/lib/http/has-headers";

/** True when anybody who reaches the port may do everything: loopback and no key configured. */
export function isOpenMode(): boolean {
	return env().SPANWISE_API_KEY === undefined;
}

/**
 * Lets a request through in open mode, or with the admin key as `Authorization: Bearer <key>`, as the password of Basic
 * (which some exporters send), or as a dashboard session. Otherwise `unauthenticated`.
 */
export async function authenticate(request: HasHeaders): Promise<void> {
	const key = env().SPANWISE_API_KEY;
	if (key === undefined) return;
	const given = readCredentials(request)?.secret ?? null;
	if (given !== null && sameText(given, key)) return;
	if (given === null && sameText(sessionOf(request) ?? "", sessionKey(key))) return;
	throw new AppError("unauthenticated", "Invalid or missing API key");
}

function sessionOf(request: HasHeaders): string | null {
	// A page on another site may make the browser send the cookie; it may not read or change anything with it.
	const site = request.headers.get("sec-fetch-site");
	if (site && site !== "same-origin" && site !== "none") return null;
	return request.headers.get("cookie")?.match(/(?:^|;\s*)spanwise_session=([^;]+)/)?.[1] ?? null;
}

/** Compares in constant time, whatever the lengths. */
export function sameText(a: string, b: string): boolean {
	const digest = (text: string) => createHash("sha256").update(text).digest();
	return timingSafeEqual(digest(a), digest(b));
}
