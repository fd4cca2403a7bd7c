import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PageHeader } from "@/app/_ui/page-header";
import { openProject } from "@/app/p/[project]/open-project";
import { LiveSwitch } from "@/app/p/[project]/traces/live-switch";
import { NoMatch } from "@/app/p/[project]/traces/no-match";
import { NoTraces } from "@/app/p/[project]/traces/no-traces";
import { Pager } from "@/app/p/[project]/traces/pager";
import { parseTraceSearch, type RawSearchParams, traceSearchHref } from "@/app/p/[project]/traces/search-params";
import { TraceFilter } from "@/app/p/[project]/traces/trace-filter";
import { TraceTable } from "@/app/p/[project]/traces/trace-table";
import { isAppError } from "@/lib/errors";
import { readFilterText } from "@/lib/filter/filter-text";
import { listTraces } from "@/lib/traces/list-traces";

export const metadata: Metadata = { title: "Traces" };

const PAGE_TRACES = 50;

interface Props {
	params: Promise<{ project: string }>;
	searchParams: Promise<RawSearchParams>;
}

export default async function TracesPage({ params, searchParams }: Props) {
	const { project: segment } = await params;
	const scope = await openProject(segment);
	const search = parseTraceSearch(await searchParams);
	const { filter, error } = readFilterText(search.filter);
	const path = `/p/${segment}/traces`;
	// Awaited, not streamed: without JavaScript a streamed part would stay hidden. The evaluations stream in after it.
	const page = await listTraces({
		projectIds: scope.projectIds,
		limit: PAGE_TRACES,
		cursor: search.cursor ?? undefined,
		text: search.text || undefined,
		// One that cannot be read leaves the list as it is and says so.
		filter: filter ?? undefined,
	}).catch((error: unknown) => {
		if (search.cursor && isAppError(error) && error.code === "invalid_input") {
			redirect(traceSearchHref(path, { ...search, cursor: null }));
		}
		throw error;
	});
	const empty = page.traces.length === 0;
	const isFiltered = search.filter !== "" && error === null;
	const isSought = search.text !== "" || search.filter !== "";
	return (
		<div className="px-4 py-5 lg:px-6">
			<PageHeader title={scope.project ? "Traces" : "All traces"}>
				{!search.cursor && !isSought && <LiveSwitch path={path} on={!search.liveOff} waitWhileScrolled={!empty} />}
				{!(empty && !isSought && !search.cursor) && <TraceFilter path={path} search={search} error={error} />}
			</PageHeader>
			{!empty && <TraceTable segment={segment} scope={scope} traces={page.traces} />}
			{empty &&
				(search.text || isFiltered || search.cursor ? (
					<NoMatch path={path} text={search.text} isFiltered={isFiltered} />
				) : (
					<NoTraces scope={scope} />
				))}
			<Pager path={path} search={search} previous={page.previousCursor} next={page.nextCursor} />
		</div>
	);
}
