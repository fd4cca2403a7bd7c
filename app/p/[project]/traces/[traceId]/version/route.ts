import { unstable_rethrow as rethrowNavigation } from "next/navigation";
import { openHolder } from "@/app/p/[project]/traces/[traceId]/open-trace";
import { traceVersion } from "@/app/p/[project]/traces/[traceId]/trace-version";
import { listEvaluations } from "@/lib/evaluations/list-evaluations";
import { listFeedback } from "@/lib/feedback/list-feedback";
import { restError } from "@/lib/http/rest-error";

interface Context {
	params: Promise<{ project: string; traceId: string }>;
}

/** `{ version }`: another one whenever a span or an evaluation of the trace changed. Cheap, whatever the size of the trace. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
	try {
		const { project, traceId: text } = await params;
		const { projectId, traceId, version } = await openHolder(project, text);
		const [evaluations, feedback] = await Promise.all([
			listEvaluations({ projectIds: [projectId], traceIds: [traceId] }),
			listFeedback({ projectId, traceId }),
		]);
		const headers = { "Cache-Control": "private, no-store" };
		return Response.json({ version: traceVersion(version, evaluations, feedback) }, { headers });
	} catch (error) {
		rethrowNavigation(error);
		return restError(error);
	}
}
