import { type Env, env, listensOnLoopback } from "@/lib/env";

const ANY_HOST = new Set(["0.0.0.0", "::"]);

type Addressed = Pick<Env, "HOST" | "PORT" | "INNGEST_BASE_URL" | "INNGEST_SERVE_ORIGIN">;

/**
 * Where the Inngest server reaches this application: `INNGEST_SERVE_ORIGIN`, else this machine's own address when the server
 * is on the same machine; undefined when nobody said it.
 */
export function serveOrigin(
	{ HOST, PORT, INNGEST_BASE_URL, INNGEST_SERVE_ORIGIN }: Addressed = env(),
): string | undefined {
	if (INNGEST_SERVE_ORIGIN) return INNGEST_SERVE_ORIGIN;
	const server = INNGEST_BASE_URL && new URL(INNGEST_BASE_URL).hostname.replace(/^\[|\]$/g, "");
	if (!server || !listensOnLoopback({ HOST: server })) return undefined;
	const host = ANY_HOST.has(HOST) ? "127.0.0.1" : HOST;
	return `http://${host.includes(":") ? `[${host}]` : host}:${PORT}`;
}
