import type { Metadata } from "next";
import { earlyOr } from "@/app/p/[project]/_list/early-or";
import { ExportMenu } from "@/app/p/[project]/_list/export-menu";
import { Facets } from "@/app/p/[project]/_list/facets";
import { ListFrame } from "@/app/p/[project]/_list/list-frame";
import { ListTabs } from "@/app/p/[project]/_list/list-tabs";
import { openList } from "@/app/p/[project]/_list/open-list";
import { projectNames } from "@/app/p/[project]/_list/project-names";
import { readPage } from "@/app/p/[project]/_list/read-page";
import { NewTraces } from "@/app/p/[project]/traces/new-traces";
import { readVerdicts } from "@/app/p/[project]/traces/read-verdicts";
import { fromTheStart, isSought, type RawSearchParams, traceSearchHref } from "@/app/p/[project]/traces/search-params";
import { TraceDrawer } from "@/app/p/[project]/traces/trace-drawer";
import { traceRow } from "@/app/p/[project]/traces/trace-row";
import { TraceTable } from "@/app/p/[project]/traces/trace-table";
import { VolumeIsland } from "@/app/p/[project]/traces/volume-island";
import { listRules } from "@/lib/rules/list-rules";
import { listTraces } from "@/lib/traces/list-traces";

export const metadata: Metadata = { title: "Traces" };

interface Props {
	params: Promise<{ project: string }>;
	searchParams: Promise<RawSearchParams>;
}

export default async function TracesPage({ params, searchParams }: Props) {
	const { project: segment } = await params;
	const raw = await searchParams;
	const open = await openList(segment, "traces", raw);
	const { scope, place } = open;
	const { base, path, search } = place;
	// Awaited, not streamed: without JavaScript a streamed part would stay hidden.
	const { page, range, window } = await readPage(open, listTraces, ({ traces }) => traces.length === 0);
	const isEmpty = page.traces.length === 0;
	if (isEmpty && range === "all" && !isSought(search)) return <NewTraces open={open} />;
	const [nameOf, rules, verdicts] = await Promise.all([
		projectNames(scope),
		scope.project ? listRules(scope.project.id) : [],
		earlyOr(readVerdicts(scope.projectIds, page.traces)),
	]);
	return (
		<ListFrame
			title={scope.project ? "Traces" : "All traces"}
			drawer={<TraceDrawer segment={segment} search={raw} />}
			noun="trace"
			tabs={<ListTabs base={base} current="traces" search={search} />}
			controls={
				<ExportMenu href={traceSearchHref(`${path}/export`, { ...fromTheStart(search), columns: null, range })} />
			}
			facets={<Facets open={open} window={window} />}
			chart={<VolumeIsland sought={{ ...open.sought, window }} />}
			{...{ open, range, page, isEmpty }}
		>
			<TraceTable
				place={place}
				traces={page.traces.map((trace) => traceRow(trace, `${base}/traces/${trace.traceId}`, nameOf(trace.projectId)))}
				verdicts={verdicts.value}
				rules={rules.map(({ id, name }) => ({ id, name }))}
				className="flex-1 lg:min-h-72"
			/>
		</ListFrame>
	);
}
