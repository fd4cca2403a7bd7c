import { serve } from "inngest/next";
import { NextRequest } from "next/server";
import { functions } from "@/inngest";
import { inngestHost, openServerClient } from "@/inngest/client";
import { AppError } from "@/lib/errors";

/** What the SDK says when the server took the functions and said nothing else. */
const REGISTERED = "Successfully registered";

/**
 * Tells the Inngest server which functions are served at `origin`: the PUT that a server or a deployment would send to
 * `/api/inngest`, made inside this process, upon which the SDK posts the functions to the server's `/fn/register`. A server
 * leaves alone what it has already, and its crons as dead as they may be; a version that it does not know makes it plan them
 * again. Throws `unavailable` with a sentence that holds no key and nothing of what the server said.
 */
export async function registerApp(origin: string, appVersion?: string): Promise<void> {
	const client = openServerClient({ appVersion, quiet: true });
	const { PUT } = serve({ client, functions: functions(client), serveOrigin: origin, enableUnauthedSync: true });
	const response: Response = await PUT(new NextRequest(`${origin}/api/inngest`, { method: "PUT" }), {});
	const { message }: { message?: unknown } = await response.json();
	// The SDK takes an answer without a status for a success, also when the server refused the key.
	if (response.status === 200 && message === REGISTERED) return;
	const silent = response.status === 500 && String(message).startsWith("Failed to register");
	throw new AppError(
		"unavailable",
		silent
			? `The Inngest server at ${inngestHost()} does not answer`
			: `The Inngest server at ${inngestHost()} refused the registration; does it have the same signing key?`,
	);
}
