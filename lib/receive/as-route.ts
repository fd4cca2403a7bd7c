import { requestBody } from "@/lib/http/incoming-body";
import { ENDPOINTS } from "@/lib/receive/endpoints";

type Handler = (request: Request) => Promise<Response>;
type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

/** Statuses whose Response must have no body. */
const BODILESS = new Set([204, 304]);

/**
 * The handlers of a Next route on one of the paths that take exports; a route that answers a method itself leaves out that
 * one. `later` runs what must not delay the answer: Next's `after`, which keeps a serverless function alive for it.
 */
export function asRoute(
	path: keyof typeof ENDPOINTS,
	later: (task: () => Promise<void>) => void,
): Record<Method, Handler> {
	const { receive, allow } = ENDPOINTS[path];
	const handler: Handler = async (request) => {
		const { method } = request;
		const answer = await receive({ ...requestBody(request), method, allow });
		if (answer.afterwards) later(answer.afterwards);
		const { status, headers } = answer;
		const body = method === "HEAD" || BODILESS.has(status) ? null : answer.body;
		return new Response(body, { status, headers });
	};
	return {
		GET: handler,
		HEAD: handler,
		POST: handler,
		PUT: handler,
		PATCH: handler,
		DELETE: handler,
		OPTIONS: handler,
	};
}
