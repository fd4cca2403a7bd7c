import { unstable_rethrow as rethrowNavigation } from "next/navigation";
import { streamText } from "@/app/p/[project]/_list/stream-text";
import { windowOf } from "@/app/p/[project]/_list/time-range";
import { openProject } from "@/app/p/[project]/open-project";
import { EXPORT_FORMATS, type ExportFormatName } from "@/app/p/[project]/traces/export/export-format";
import { type TraceRecord, traceRecord } from "@/app/p/[project]/traces/export/trace-record";
import { parseTraceSearch } from "@/app/p/[project]/traces/search-params";
import { invalidInput } from "@/lib/errors";
import { parseFilter } from "@/lib/filter/parse-filter";
import { restError } from "@/lib/http/rest-error";
import { listTraces } from "@/lib/traces/list-traces";

const PAGE_TRACES = 200;

interface Context {
	params: Promise<{ project: string }>;
}

/**
 * The traces of a list as a file, newest first: the address of the list with `format=csv|json|ndjson`. For people signed in,
 * like the page. It is read page by page while it is sent, so what arrives meanwhile is not in it.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
	try {
		const { projectIds } = await openProject((await params).project);
		const asked = new URL(request.url).searchParams;
		const format = formatOf(asked.get("format"));
		const search = parseTraceSearch(Object.fromEntries(asked));
		const now = new Date();
		const sought = {
			projectIds,
			now,
			window: windowOf(search, now),
			filter: parseFilter(search.filter),
			...(search.text && { text: search.text }),
		};
		// The first page comes before the answer: an outage is a status, not half a file.
		const first = await listTraces({ ...sought, limit: PAGE_TRACES });
		const records = recordsFrom(first, (cursor) => listTraces({ ...sought, limit: PAGE_TRACES, cursor }));
		return new Response(streamText(format.write(records)), {
			headers: {
				"Content-Type": format.mime,
				"Content-Disposition": `attachment; filename="traces-${now.toISOString().slice(0, 10)}.${format.extension}"`,
				"Cache-Control": "no-store",
			},
		});
	} catch (error) {
		rethrowNavigation(error);
		return restError(error);
	}
}

type Page = Awaited<ReturnType<typeof listTraces>>;

async function* recordsFrom(first: Page, next: (cursor: string) => Promise<Page>): AsyncGenerator<TraceRecord, void> {
	for (let page = first; ; ) {
		for (const trace of page.traces) yield traceRecord(trace);
		if (page.nextCursor === null) return;
		page = await next(page.nextCursor);
	}
}

function formatOf(name: string | null) {
	if (name === null || !Object.hasOwn(EXPORT_FORMATS, name)) {
		throw invalidInput(`format: must be one of ${Object.keys(EXPORT_FORMATS).join(", ")}`);
	}
	return EXPORT_FORMATS[name as ExportFormatName];
}
