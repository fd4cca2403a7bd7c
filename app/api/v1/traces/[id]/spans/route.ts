import { canonicalSpanView } from "@/app/api/v1/traces/canonical-span-view";
import { authenticate } from "@/lib/auth/authenticate";
import { requireProject } from "@/lib/auth/require-project";
import { notFound } from "@/lib/errors";
import { route } from "@/lib/http/route";
import { parseTraceId } from "@/lib/ids";
import { getTrace } from "@/lib/traces/get-trace";

export const GET = route<void, { id: string }>(authenticate, async ({ request, params }) => {
	const traceId = parseTraceId(params.id);
	if (!traceId) throw notFound("Trace");
	const { projectIds } = await requireProject(new URL(request.url).searchParams.get("projectId") ?? "all");
	const { spans } = await getTrace({ projectIds, traceId });
	return Response.json(spans.map(canonicalSpanView));
});
