import type { Metadata } from "next";
import { Facets } from "@/app/p/[project]/_list/facets";
import { GroupTable } from "@/app/p/[project]/_list/group-table";
import { ListFrame } from "@/app/p/[project]/_list/list-frame";
import { ListTabs } from "@/app/p/[project]/_list/list-tabs";
import { openList } from "@/app/p/[project]/_list/open-list";
import { projectNames } from "@/app/p/[project]/_list/project-names";
import { readPage } from "@/app/p/[project]/_list/read-page";
import type { RawSearchParams } from "@/app/p/[project]/traces/search-params";
import { listGroups } from "@/lib/traces/list-groups";

export const metadata: Metadata = { title: "Sessions" };

interface Props {
	params: Promise<{ project: string }>;
	searchParams: Promise<RawSearchParams>;
}

export default async function SessionsPage({ params, searchParams }: Props) {
	const { project: segment } = await params;
	const open = await openList(segment, "sessions", await searchParams);
	const { scope, place } = open;
	const { page, range, window } = await readPage(
		open,
		(asked) => listGroups({ ...asked, by: "session" }),
		({ groups }) => groups.length === 0,
	);
	const nameOf = await projectNames(scope);
	return (
		<ListFrame
			title={scope.project ? "Sessions" : "All sessions"}
			noun="session"
			tabs={<ListTabs base={place.base} current="sessions" search={place.search} />}
			facets={<Facets open={open} window={window} />}
			isEmpty={page.groups.length === 0}
			{...{ open, range, page }}
		>
			<GroupTable
				place={place}
				groups={page.groups.map((session) => ({
					...session,
					key: `${session.projectId ?? ""} ${session.id}`,
					href: `${place.path}/${encodeURIComponent(session.id)}`,
					projectName: nameOf(session.projectId),
				}))}
				className="flex-1 lg:min-h-72"
			/>
		</ListFrame>
	);
}
