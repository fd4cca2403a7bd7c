import { traceDetailView } from "@/app/api/v1/traces/trace-view";
import { authenticate } from "@/lib/auth/authenticate";
import { requireProject } from "@/lib/auth/require-project";
import { notFound } from "@/lib/errors";
import { listEvaluations } from "@/lib/evaluations/list-evaluations";
import { route } from "@/lib/http/route";
import { parseTraceId } from "@/lib/ids";
import { getTrace } from "@/lib/traces/get-trace";

export const GET = route<void, { id: string }>(authenticate, async ({ request, params }) => {
	const traceId = parseTraceId(params.id);
	if (!traceId) throw notFound("Trace");
	const { projectIds } = await requireProject(new URL(request.url).searchParams.get("projectId") ?? "all");
	const trace = await getTrace({ projectIds, traceId });
	const evaluations = await listEvaluations({
		projectIds: trace.summary.projectId ? [trace.summary.projectId] : [],
		traceIds: [traceId],
	});
	return Response.json(traceDetailView(trace, evaluations));
});
