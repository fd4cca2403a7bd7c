import { authenticate } from "@/lib/auth/authenticate";
import { requireProject } from "@/lib/auth/require-project";
import { notFound } from "@/lib/errors";
import { listDecisions } from "@/lib/evaluations/list-decisions";
import { route } from "@/lib/http/route";
import { parseTraceId } from "@/lib/ids";
import { findTraceSpans } from "@/lib/traces/find-trace-spans";

/** Why each enabled rule judged, or did not judge, each span of a trace. */
export const GET = route<void, { id: string }>(authenticate, async ({ request, params }) => {
	const traceId = parseTraceId(params.id);
	if (!traceId) throw notFound("Trace");
	const { projectIds } = await requireProject(new URL(request.url).searchParams.get("projectId") ?? "all");
	const { projectId, spans } = await findTraceSpans({ projectIds, traceId });
	return Response.json(projectId ? await listDecisions({ projectId, traceId, spans }) : []);
});
