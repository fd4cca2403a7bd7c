import type { Metadata } from "next";
import { Facets } from "@/app/p/[project]/_list/facets";
import { conditionText } from "@/app/p/[project]/_list/filter-words";
import { GroupTable } from "@/app/p/[project]/_list/group-table";
import { ListFrame } from "@/app/p/[project]/_list/list-frame";
import { openList } from "@/app/p/[project]/_list/open-list";
import { projectNames } from "@/app/p/[project]/_list/project-names";
import { readPage } from "@/app/p/[project]/_list/read-page";
import { type RawSearchParams, traceSearchHref } from "@/app/p/[project]/traces/search-params";
import { listGroups } from "@/lib/traces/list-groups";

export const metadata: Metadata = { title: "Users" };

interface Props {
	params: Promise<{ project: string }>;
	searchParams: Promise<RawSearchParams>;
}

export default async function UsersPage({ params, searchParams }: Props) {
	const { project: segment } = await params;
	const open = await openList(segment, "users", await searchParams);
	const { scope, place } = open;
	const { page, range, window } = await readPage(
		open,
		(asked) => listGroups({ ...asked, by: "user" }),
		({ groups }) => groups.length === 0,
	);
	const nameOf = await projectNames(scope);
	const { from, to } = place.search;
	return (
		<ListFrame
			title={scope.project ? "Users" : "All users"}
			noun="user"
			facets={<Facets open={open} window={window} />}
			isEmpty={page.groups.length === 0}
			{...{ open, range, page }}
		>
			<GroupTable
				place={place}
				groups={page.groups.map((user) => ({
					...user,
					key: `${user.projectId ?? ""} ${user.id}`,
					href: traceSearchHref(`${place.base}/traces`, {
						filter: conditionText({ field: "user", value: user.id }),
						range,
						from,
						to,
					}),
					projectName: nameOf(user.projectId),
				}))}
				className="flex-1 lg:min-h-72"
			/>
		</ListFrame>
	);
}
