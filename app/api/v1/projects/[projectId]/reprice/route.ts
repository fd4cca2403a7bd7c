import { authenticate } from "@/lib/auth/authenticate";
import { parseBody, parseUuid, route } from "@/lib/http/route";
import { repriceSpans } from "@/lib/ingest/reprice-spans";
import { RepriceRequest } from "@/lib/pricing/reprice-request";
import { getProject } from "@/lib/projects/get-project";

interface Params {
	projectId: string;
}

/**
 * `{from, to, cursor?}` -> `{examined, changed, nextCursor}`, counts of this call. A call works for half a minute at most;
 * a `nextCursor` that is not null says that the range is not done and goes into the next call.
 */
export const POST = route<void, Params>(authenticate, async ({ request, params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	const { from, to, cursor } = await parseBody(request, RepriceRequest);
	const { examined, changed, next } = await repriceSpans({ projectId: project.id, from, to, after: cursor });
	return Response.json({ examined, changed, nextCursor: next && `${next.traceId}.${next.spanId}` });
});
