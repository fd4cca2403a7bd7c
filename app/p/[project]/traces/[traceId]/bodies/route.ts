import { unstable_rethrow as rethrowNavigation } from "next/navigation";
import { openHolder } from "@/app/p/[project]/traces/[traceId]/open-trace";
import { type AskedBody, rawBodies, transcriptBodies } from "@/app/p/[project]/traces/[traceId]/span-bodies";
import { invalidInput } from "@/lib/errors";
import { restError } from "@/lib/http/rest-error";

interface Context {
	params: Promise<{ project: string; traceId: string }>;
}

/** More than a screen. */
const SPANS_MAX = 32;
const ASKED = /^([0-9a-f]{16})(?:\.([0-9a-f]{16}|none))?$/;

/**
 * What some spans of a trace say, by span id: `?span=<id>` for all of it, `?span=<id>.<id of the call before, or none>` for
 * what is new since then; with `form=raw` the JSON of each as it was reported. For people signed in, like the page.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
	try {
		const { project, traceId } = await params;
		const trace = await openHolder(project, traceId);
		const query = new URL(request.url).searchParams;
		const asked = query.getAll("span").flatMap(askedBody);
		if (asked.length > SPANS_MAX) throw invalidInput(`span: at most ${SPANS_MAX}`);
		const bodies =
			query.get("form") === "raw"
				? await rawBodies(trace, [...new Set(asked.map(([spanId]) => spanId))])
				: await transcriptBodies(trace, asked);
		return Response.json(bodies, { headers: { "Cache-Control": "private, no-store" } });
	} catch (error) {
		rethrowNavigation(error);
		return restError(error);
	}
}

function askedBody(text: string): AskedBody[] {
	const [, spanId, previous] = ASKED.exec(text) ?? [];
	return spanId === undefined ? [] : [[spanId, previous === "none" ? null : previous]];
}
