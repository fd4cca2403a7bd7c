import { authenticate } from "@/lib/auth/authenticate";
import { route } from "@/lib/http/route";

// SDKs export metrics to the same endpoint by default. None are kept; an empty success keeps their logs quiet.
export const POST = route(authenticate, async ({ request }) => {
	if (request.headers.get("content-type")?.startsWith("application/json")) return Response.json({});
	return new Response(null, { headers: { "Content-Type": "application/x-protobuf" } });
});
