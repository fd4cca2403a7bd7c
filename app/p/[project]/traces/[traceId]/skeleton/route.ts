import { unstable_rethrow as rethrowNavigation } from "next/navigation";
import { openTrace } from "@/app/p/[project]/traces/[traceId]/open-trace";
import { restError } from "@/lib/http/rest-error";

interface Context {
	params: Promise<{ project: string; traceId: string }>;
}

/** All rows of a trace as a SkeletonWire. For people signed in, like the page that asks for it. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
	try {
		const { project, traceId } = await params;
		const { trace } = await openTrace(project, traceId);
		return Response.json(trace.rows, { headers: { "Cache-Control": "private, no-store" } });
	} catch (error) {
		rethrowNavigation(error);
		return restError(error);
	}
}
