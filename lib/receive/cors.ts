import { env } from "@/lib/env";
import type { HasHeaders } from "@/lib/http/has-headers";

const MAX_AGE_SECONDS = 7200;
const ALLOWED_HEADERS = [
	...["accept", "authorization", "content-encoding", "content-type"],
	...["baggage", "traceparent", "tracestate"],
];
/** Families of headers; browsers know no pattern, so those that a preflight asks for are named one by one. */
const ALLOWED_FAMILIES = /^x-(spanwise|langfuse)-[a-z0-9-]{1,60}$/;
const REQUESTED_MAX = 50;

const EXPOSED_HEADERS = [
	...["X-Spanwise-Accepted-Spans", "X-Spanwise-Rejected-Spans", "X-Spanwise-Traces"],
	...["X-Spanwise-Accepted-Log-Records", "X-Spanwise-Dropped-Log-Records", "X-Spanwise-Rejected-Log-Records"],
	"Retry-After",
].join(", ");

const NONE: Readonly<Record<string, string>> = {};

/**
 * What lets a page of another origin read an answer: nothing at all unless SPANWISE_CORS_ORIGINS is set, and then for its
 * origins. Cookies are never let through, so a page may send with a key of its own only. Source: the Fetch standard, "CORS
 * protocol".
 */
export function corsHeaders(
	{ headers }: HasHeaders,
	allowed: readonly string[] | undefined = env().SPANWISE_CORS_ORIGINS,
): Readonly<Record<string, string>> {
	if (allowed === undefined) return NONE;
	const origin = headers.get("origin");
	if (origin === null || !(allowed.includes("*") || allowed.includes(origin))) return { Vary: "Origin" };
	return {
		Vary: "Origin",
		"Access-Control-Allow-Origin": origin,
		"Access-Control-Expose-Headers": EXPOSED_HEADERS,
	};
}

/** What a preflight is told beside `corsHeaders`: what the page may send. Nothing for an origin that may not. */
export function preflightHeaders(
	call: HasHeaders,
	allowed: readonly string[] | undefined = env().SPANWISE_CORS_ORIGINS,
): Record<string, string> {
	const granted = corsHeaders(call, allowed);
	if (!granted["Access-Control-Allow-Origin"]) return { ...granted };
	const requested = call.headers.get("access-control-request-headers")?.toLowerCase().split(",") ?? [];
	const families = requested.map((name) => name.trim()).filter((name) => ALLOWED_FAMILIES.test(name));
	return {
		Vary: "Origin, Access-Control-Request-Headers",
		"Access-Control-Allow-Origin": granted["Access-Control-Allow-Origin"],
		"Access-Control-Allow-Methods": "POST",
		"Access-Control-Allow-Headers": [...ALLOWED_HEADERS, ...families.slice(0, REQUESTED_MAX)].join(", "),
		"Access-Control-Max-Age": String(MAX_AGE_SECONDS),
	};
}
