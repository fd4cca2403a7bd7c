import { authenticate } from "@/lib/auth/authenticate";
import { requireProject } from "@/lib/auth/require-project";
import { notFound } from "@/lib/errors";
import { deleteFeedback } from "@/lib/feedback/delete-feedback";
import { route } from "@/lib/http/route";
import { parseTraceId } from "@/lib/ids";
import { findHolder } from "@/lib/traces/find-holder";

export const DELETE = route<void, { id: string; feedbackId: string }>(authenticate, async ({ request, params }) => {
	const traceId = parseTraceId(params.id);
	if (!traceId) throw notFound("Trace");
	const { projectIds } = await requireProject(new URL(request.url).searchParams.get("projectId") ?? "all");
	const { projectId } = await findHolder({ projectIds, traceId });
	await deleteFeedback({ projectId, traceId }, params.feedbackId);
	return new Response(null, { status: 204 });
});
