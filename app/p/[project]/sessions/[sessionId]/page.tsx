import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { clipText } from "@/app/_ui/clip-text";
import { ListPager } from "@/app/p/[project]/_list/list-pager";
import { ListShell } from "@/app/p/[project]/_list/list-shell";
import { openList } from "@/app/p/[project]/_list/open-list";
import { SessionFacts } from "@/app/p/[project]/sessions/[sessionId]/session-facts";
import { SessionTurn } from "@/app/p/[project]/sessions/[sessionId]/session-turn";
import type { RawSearchParams } from "@/app/p/[project]/traces/search-params";
import { listTraces } from "@/lib/traces/list-traces";

export const metadata: Metadata = { title: "Session" };

const PAGE_TRACES = 50;
const TITLE_CHARS = 120;

interface Props {
	params: Promise<{ project: string; sessionId: string }>;
	searchParams: Promise<RawSearchParams>;
}

export default async function SessionPage({ params, searchParams }: Props) {
	const { project: segment, sessionId: encoded } = await params;
	const { place, sought } = await openList(segment, "sessions", await searchParams);
	const sessionId = decoded(encoded);
	const path = `${place.path}/${encodeURIComponent(sessionId)}`;
	const page = await listTraces({
		projectIds: sought.projectIds,
		limit: PAGE_TRACES,
		cursor: place.search.cursor ?? undefined,
		filter: { field: "session", op: "=", value: sessionId },
	});
	if (page.traces.length === 0 && !place.search.cursor) notFound();
	// A conversation is read from its beginning.
	const traces = page.traces.toReversed();
	return (
		<ListShell title={`Session ${clipText(sessionId, TITLE_CHARS).shown}`}>
			<SessionFacts
				base={place.base}
				sessionId={sessionId}
				traces={traces}
				isWhole={!page.nextCursor && !page.previousCursor}
			/>
			<ListPager
				path={path}
				search={place.search}
				previous={page.previousCursor}
				next={page.nextCursor}
				words={{ first: "Latest", previous: "Later", next: "Earlier" }}
			/>
			<ol aria-label="Traces of the session" className="flex flex-col gap-3 pb-6">
				{traces.map((trace) => (
					<li key={`${trace.projectId} ${trace.traceId}`}>
						<SessionTurn href={`${place.base}/traces/${trace.traceId}`} trace={trace} />
					</li>
				))}
			</ol>
		</ListShell>
	);
}

// The segment comes as it stands in the address.
function decoded(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		notFound();
	}
}
