import { cookies } from "next/headers";
import { sameText } from "@/lib/auth/authenticate";
import { SESSION_COOKIE, sessionKey } from "@/lib/auth/session";
import { env } from "@/lib/env";

const SESSION_SECONDS = 7 * 86_400;

/** Opens a dashboard session when `key` is the configured API key. */
export async function signIn(key: string): Promise<boolean> {
	const configured = env().SPANWISE_API_KEY;
	if (configured === undefined || !sameText(key.trim(), configured)) return false;
	(await cookies()).set(SESSION_COOKIE, sessionKey(configured), {
		httpOnly: true,
		sameSite: "lax",
		path: "/",
		maxAge: SESSION_SECONDS,
	});
	return true;
}

export async function signOut(): Promise<void> {
	(await cookies()).delete(SESSION_COOKIE);
}
