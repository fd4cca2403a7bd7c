import { canonicalSpanView } from "@/app/api/v1/traces/canonical-span-view";
import { authenticate } from "@/lib/auth/authenticate";
import { requireProject } from "@/lib/auth/require-project";
import { notFound } from "@/lib/errors";
import { route } from "@/lib/http/route";
import { parseTraceId } from "@/lib/ids";
import { findHolder } from "@/lib/traces/find-holder";
import { getTrace } from "@/lib/traces/get-trace";
import { readSpans } from "@/lib/traces/read-spans";

/** The canonical spans of a trace: all, or those that `spanId` names, once or several times. */
export const GET = route<void, { id: string }>(authenticate, async ({ request, params }) => {
	const traceId = parseTraceId(params.id);
	if (!traceId) throw notFound("Trace");
	const query = new URL(request.url).searchParams;
	const { projectIds } = await requireProject(query.get("projectId") ?? "all");
	const wanted = query.getAll("spanId");
	const spans =
		wanted.length > 0 ? await someSpans(projectIds, traceId, wanted) : (await getTrace({ projectIds, traceId })).spans;
	return Response.json(spans.map(canonicalSpanView));
});

async function someSpans(projectIds: string[], traceId: string, spanIds: string[]) {
	const { projectId } = await findHolder({ projectIds, traceId });
	return readSpans({ projectId, traceId, spanIds });
}
