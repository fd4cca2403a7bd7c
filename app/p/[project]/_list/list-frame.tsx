import type { ReactNode } from "react";
import { ActiveFilters } from "@/app/p/[project]/_list/active-filters";
import { FilterBar } from "@/app/p/[project]/_list/filter-bar";
import { ListPager } from "@/app/p/[project]/_list/list-pager";
import { ListShell } from "@/app/p/[project]/_list/list-shell";
import type { OpenList } from "@/app/p/[project]/_list/open-list";
import { TimeControl } from "@/app/p/[project]/_list/time-control";
import { isTimeChosen, type RangeName, rangePhrase, USUAL_RANGE } from "@/app/p/[project]/_list/time-range";
import { ViewsMenu } from "@/app/p/[project]/_list/views-menu";
import { LiveSwitch } from "@/app/p/[project]/traces/live-switch";
import { NoMatch } from "@/app/p/[project]/traces/no-match";
import { listViews } from "@/lib/views/list-views";

interface Props {
	title: string;
	/** One of what is listed. */
	noun: string;
	open: OpenList;
	/** The range that was read; null for a time of the reader's own. */
	range: RangeName | null;
	page: { nextCursor: string | null; previousCursor: string | null };
	isEmpty: boolean;
	tabs?: ReactNode;
	/** After those that every list has. */
	controls?: ReactNode;
	facets?: ReactNode;
	/** Above the rows, when there are any. */
	chart?: ReactNode;
	/** What a row opens over the list. */
	drawer?: ReactNode;
	/** The rows. */
	children: ReactNode;
}

/** Everything around the rows of a list that all lists have. */
export async function ListFrame({
	title,
	noun,
	open,
	range,
	page,
	isEmpty,
	tabs,
	controls,
	facets,
	chart,
	drawer,
	children,
}: Props) {
	const { scope, place, filter, error, sought } = open;
	const { list, path, search } = place;
	const views = scope.project ? await listViews(scope.project.id, list) : [];
	return (
		<ListShell
			title={title}
			tabs={tabs}
			controls={
				<>
					{!search.cursor && <LiveSwitch place={place} renderedAtMs={sought.now.getTime()} />}
					{range === "all" && !isTimeChosen(search) && (
						<span className="text-xs text-faint">Nothing in {rangePhrase(USUAL_RANGE)}</span>
					)}
					<TimeControl path={path} search={search} usual={range ?? USUAL_RANGE} />
					{scope.project && <ViewsMenu projectId={scope.project.id} place={place} views={views} />}
					{controls}
				</>
			}
			filter={
				<>
					<FilterBar path={path} search={search} error={error} />
					<ActiveFilters path={path} search={search} filter={filter} />
				</>
			}
			facets={facets}
		>
			{!isEmpty && chart}
			{isEmpty ? (
				<NoMatch
					{...{ path, search, noun, range }}
					isFiltered={search.filter !== "" && error === null}
					now={sought.now}
				/>
			) : (
				children
			)}
			<ListPager path={path} search={{ ...search, range }} previous={page.previousCursor} next={page.nextCursor} />
			{drawer}
		</ListShell>
	);
}
