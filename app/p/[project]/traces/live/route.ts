import { unstable_rethrow as rethrowNavigation } from "next/navigation";
import { openProject } from "@/app/p/[project]/open-project";
import { eventStream } from "@/lib/http/event-stream";
import { restError } from "@/lib/http/rest-error";
import { watchArrivals } from "@/lib/traces/watch-arrivals";

export const dynamic = "force-dynamic";

/** Tells an open page that spans of the project arrive (`arrived`), or that the store is `away` or `back`. */
export async function GET(request: Request, { params }: { params: Promise<{ project: string }> }): Promise<Response> {
	try {
		const { projectIds } = await openProject((await params).project);
		return eventStream(request.signal, (send) => watchArrivals(projectIds, send));
	} catch (error) {
		rethrowNavigation(error);
		return restError(error);
	}
}
