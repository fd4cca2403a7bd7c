import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { sameText } from "@/lib/auth/authenticate";
import { SESSION_COOKIE, sessionKey } from "@/lib/auth/session";
import { env } from "@/lib/env";

/** Sends a visitor without a session to sign in, when a key is configured. */
export async function requirePerson(): Promise<void> {
	const key = env().SPANWISE_API_KEY;
	if (key === undefined) return;
	const session = (await cookies()).get(SESSION_COOKIE)?.value ?? "";
	if (!sameText(session, sessionKey(key))) redirect("/sign-in");
}
