import type { HasHeaders } from "@/lib/http/has-headers";

/** What an Authorization header presents: a bearer's token, or the user and password of Basic. */
export interface Credentials {
	/** Null for a bearer, and when Basic names nobody. */
	user: string | null;
	secret: string;
}

/** Credentials of a request; null when there are none or of another scheme. */
export function readCredentials({ headers }: HasHeaders): Credentials | null {
	const [scheme, value] = headers.get("authorization")?.trim().split(/\s+/, 2) ?? [];
	if (!scheme || !value) return null;
	if (scheme.toLowerCase() === "bearer") return { user: null, secret: value };
	if (scheme.toLowerCase() !== "basic") return null;
	const pair = Buffer.from(value, "base64").toString("utf8");
	const colon = pair.indexOf(":");
	return { user: pair.slice(0, Math.max(0, colon)) || null, secret: pair.slice(colon + 1) };
}
