import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ActiveFilters } from "@/app/p/[project]/_list/active-filters";
import { earlyOr } from "@/app/p/[project]/_list/early-or";
import { ExportMenu } from "@/app/p/[project]/_list/export-menu";
import { FilterBar } from "@/app/p/[project]/_list/filter-bar";
import { ListPager } from "@/app/p/[project]/_list/list-pager";
import { ListShell } from "@/app/p/[project]/_list/list-shell";
import { ListTabs } from "@/app/p/[project]/_list/list-tabs";
import { openList } from "@/app/p/[project]/_list/open-list";
import { readWithin } from "@/app/p/[project]/_list/read-within";
import { TimeControl } from "@/app/p/[project]/_list/time-control";
import { USUAL_RANGE } from "@/app/p/[project]/_list/time-range";
import { ViewsMenu } from "@/app/p/[project]/_list/views-menu";
import { LiveSwitch } from "@/app/p/[project]/traces/live-switch";
import { NoMatch } from "@/app/p/[project]/traces/no-match";
import { NoTraces } from "@/app/p/[project]/traces/no-traces";
import { readVerdicts } from "@/app/p/[project]/traces/read-verdicts";
import { fromTheStart, type RawSearchParams, traceSearchHref } from "@/app/p/[project]/traces/search-params";
import { TraceDrawer } from "@/app/p/[project]/traces/trace-drawer";
import { traceRow } from "@/app/p/[project]/traces/trace-row";
import { TraceTable } from "@/app/p/[project]/traces/trace-table";
import { isAppError } from "@/lib/errors";
import { listProjects } from "@/lib/projects/list-projects";
import { listRules } from "@/lib/rules/list-rules";
import { listTraces } from "@/lib/traces/list-traces";
import { listViews } from "@/lib/views/list-views";

export const metadata: Metadata = { title: "Traces" };

const PAGE_TRACES = 50;

interface Props {
	params: Promise<{ project: string }>;
	searchParams: Promise<RawSearchParams>;
}

export default async function TracesPage({ params, searchParams }: Props) {
	const { project: segment } = await params;
	const raw = await searchParams;
	const { scope, place, filter, error, sought } = await openList(segment, "traces", raw);
	const { base, path, search } = place;
	// Awaited, not streamed: without JavaScript a streamed part would stay hidden.
	const { page, range } = await readWithin(
		search,
		sought.now,
		(time) => listTraces({ ...sought, ...time, limit: PAGE_TRACES, cursor: search.cursor ?? undefined }),
		({ traces }) => traces.length === 0,
	).catch((error: unknown) => {
		if (search.cursor && isAppError(error) && error.code === "invalid_input") {
			redirect(traceSearchHref(path, { ...search, cursor: null }));
		}
		throw error;
	});
	const isFiltered = search.filter !== "" && error === null;
	const isSought = search.text !== "" || search.filter !== "" || search.cursor !== null;
	const isEmpty = page.traces.length === 0;
	const isNew = isEmpty && !isSought && range === "all";
	const [views, rules] = scope.project
		? await Promise.all([listViews(scope.project.id, "traces"), listRules(scope.project.id)])
		: [[], []];
	const names = scope.project ? null : new Map((await listProjects()).map(({ id, name }) => [id, name]));
	return (
		<ListShell
			title={scope.project ? "Traces" : "All traces"}
			tabs={!isNew && <ListTabs base={base} current="traces" search={search} />}
			controls={
				<>
					{!search.cursor && <LiveSwitch path={path} search={search} renderedAtMs={sought.now.getTime()} />}
					{!isNew && <TimeControl path={path} search={search} usual={range ?? USUAL_RANGE} />}
					{scope.project && !isNew && <ViewsMenu projectId={scope.project.id} place={place} views={views} />}
					{!isNew && (
						<ExportMenu href={traceSearchHref(`${path}/export`, { ...fromTheStart(search), columns: null, range })} />
					)}
				</>
			}
			filter={
				!isNew && (
					<>
						<FilterBar path={path} search={search} error={error} />
						<ActiveFilters path={path} search={search} filter={filter} />
					</>
				)
			}
		>
			{isNew && <NoTraces scope={scope} />}
			{isEmpty && !isNew && (
				<NoMatch path={path} search={search} noun="trace" range={range} isFiltered={isFiltered} now={sought.now} />
			)}
			{!isEmpty && (
				<TraceTable
					place={place}
					traces={page.traces.map((trace) =>
						traceRow(trace, `${base}/traces/${trace.traceId}`, names?.get(trace.projectId ?? "") ?? null),
					)}
					verdicts={(await earlyOr(readVerdicts(scope.projectIds, page.traces))).value}
					rules={rules.map(({ id, name }) => ({ id, name }))}
					className="flex-1 lg:min-h-72"
				/>
			)}
			<ListPager path={path} search={{ ...search, range }} previous={page.previousCursor} next={page.nextCursor} />
			<TraceDrawer segment={segment} search={raw} />
		</ListShell>
	);
}
