import type { Metadata } from "next";
import { Facets } from "@/app/p/[project]/_list/facets";
import { ListFrame } from "@/app/p/[project]/_list/list-frame";
import { ListTabs } from "@/app/p/[project]/_list/list-tabs";
import { openList } from "@/app/p/[project]/_list/open-list";
import { projectNames } from "@/app/p/[project]/_list/project-names";
import { readPage } from "@/app/p/[project]/_list/read-page";
import { spanRow } from "@/app/p/[project]/spans/span-row";
import { SpanTable } from "@/app/p/[project]/spans/span-table";
import type { RawSearchParams } from "@/app/p/[project]/traces/search-params";
import { TraceDrawer } from "@/app/p/[project]/traces/trace-drawer";
import { listSpanLines } from "@/lib/traces/list-span-lines";

export const metadata: Metadata = { title: "Spans" };

interface Props {
	params: Promise<{ project: string }>;
	searchParams: Promise<RawSearchParams>;
}

export default async function SpansPage({ params, searchParams }: Props) {
	const { project: segment } = await params;
	const raw = await searchParams;
	const open = await openList(segment, "spans", raw);
	const { scope, place } = open;
	const { page, range, window } = await readPage(open, listSpanLines, ({ spans }) => spans.length === 0);
	const nameOf = await projectNames(scope);
	return (
		<ListFrame
			title={scope.project ? "Spans" : "All spans"}
			noun="span"
			drawer={<TraceDrawer segment={segment} search={raw} />}
			tabs={<ListTabs base={place.base} current="spans" search={place.search} />}
			facets={<Facets open={open} window={window} />}
			isEmpty={page.spans.length === 0}
			{...{ open, range, page }}
		>
			<SpanTable
				place={place}
				spans={page.spans.map((span) => spanRow(span, place.base, nameOf(span.projectId)))}
				className="flex-1 lg:min-h-72"
			/>
		</ListFrame>
	);
}
