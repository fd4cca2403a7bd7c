import { unstable_rethrow as rethrowNavigation } from "next/navigation";
import { openHolder } from "@/app/p/[project]/traces/[traceId]/open-trace";
import { traceVersion } from "@/app/p/[project]/traces/[traceId]/trace-version";
import { listEvaluations } from "@/lib/evaluations/list-evaluations";
import { restError } from "@/lib/http/rest-error";

interface Context {
	params: Promise<{ project: string; traceId: string }>;
}

/** `{ version }`: another one whenever a span or an evaluation of the trace changed. Cheap, whatever the size of the trace. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
	try {
		const { project, traceId: text } = await params;
		const { projectId, traceId, version } = await openHolder(project, text);
		const evaluations = await listEvaluations({ projectIds: [projectId], traceIds: [traceId] });
		const headers = { "Cache-Control": "private, no-store" };
		return Response.json({ version: traceVersion(version, evaluations) }, { headers });
	} catch (error) {
		rethrowNavigation(error);
		return restError(error);
	}
}
