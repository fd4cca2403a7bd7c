import { authenticate } from "@/lib/auth/authenticate";
import { requireProject } from "@/lib/auth/require-project";
import { AppError, notFound } from "@/lib/errors";
import { FeedbackInput } from "@/lib/feedback/feedback";
import { giveFeedback } from "@/lib/feedback/give-feedback";
import { listFeedback } from "@/lib/feedback/list-feedback";
import { parseBody, route } from "@/lib/http/route";
import { parseTraceId } from "@/lib/ids";
import { findHolder } from "@/lib/traces/find-holder";
import { readSpans } from "@/lib/traces/read-spans";

/** What people think of a trace and of its spans, oldest first. */
export const GET = route<void, { id: string }>(authenticate, async ({ request, params }) => {
	return Response.json(await listFeedback(await holderOf(request, params.id)));
});

/** `{ thumb: "UP" | "DOWN" }` or `{ note }`, with `spanId` for one span of the trace and `author` for who says so. */
export const POST = route<void, { id: string }>(authenticate, async ({ request, params }) => {
	const holder = await holderOf(request, params.id);
	const input = await parseBody(request, FeedbackInput);
	if (holder.projectId === "") throw new AppError("conflict", "The trace belongs to no project, which would keep it");
	if (input.spanId !== null) {
		const [span] = await readSpans({ ...holder, spanIds: [input.spanId] });
		if (!span) throw notFound("Span");
	}
	return Response.json(await giveFeedback(holder, input), { status: 201 });
});

async function holderOf(request: Request, id: string) {
	const traceId = parseTraceId(id);
	if (!traceId) throw notFound("Trace");
	const { projectIds } = await requireProject(new URL(request.url).searchParams.get("projectId") ?? "all");
	return { traceId, ...(await findHolder({ projectIds, traceId })) };
}
