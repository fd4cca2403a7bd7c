import type { NextRequest } from "next/server";

// Executes one function call of an Inngest server. In embedded mode nobody knows its signing key: everybody gets a 401.

type Handler = (request: NextRequest, context: unknown) => Promise<Response>;

let handler: Promise<Handler> | undefined;

// At the first request: `next build` evaluates this module without an environment, and the SDK is slow to load.
async function openHandler(): Promise<Handler> {
	const [{ serve }, { inngest, inngestMode }, { functions }, { env }] = await Promise.all([
		import("inngest/next"),
		import("@/inngest/client"),
		import("@/inngest/index"),
		import("@/lib/env"),
	]);
	const client = inngest();
	const { INNGEST_SERVE_ORIGIN: serveOrigin } = env();
	// Anybody may ask for a registration where it can name one address only; else the Host of a request would decide where
	// the server sends its calls. Without a server there is nobody to register with.
	const enableUnauthedSync = inngestMode() === "server" && serveOrigin !== undefined;
	return serve({ client, functions: functions(client), serveOrigin, enableUnauthedSync });
}

async function answer(request: NextRequest, context: unknown): Promise<Response> {
	handler ??= openHandler().catch((error: unknown) => {
		handler = undefined;
		throw error;
	});
	return (await handler)(request, context);
}

export const GET = answer;
export const POST = answer;
export const PUT = answer;
