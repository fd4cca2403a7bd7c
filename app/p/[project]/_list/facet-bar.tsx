import { formatCount } from "@/app/_ui/format-number";
import { Time } from "@/app/_ui/time";
import { FacetLink } from "@/app/p/[project]/_list/facet-link";
import { FacetPanel } from "@/app/p/[project]/_list/facet-panel";
import { toggleExclusion, toggleValue, valueState } from "@/app/p/[project]/_list/refine-filter";
import { fromTheStart, type TraceSearch, traceSearchHref } from "@/app/p/[project]/traces/search-params";
import { EVERYTHING, type FilterTree } from "@/lib/filter/filter";
import type { FacetCounts } from "@/lib/traces/count-facets";

/** What fields are called above their values; others by their own name. */
const NAMES: Record<string, string> = {
	status: "Status",
	name: "Span name",
	kind: "Kind",
	model: "Model",
	provider: "Provider",
	environment: "Environment",
	release: "Release",
	service: "Service",
	tags: "Tags",
	user: "User",
	session: "Session",
	tool: "Tool",
	agent: "Agent",
	error: "Error",
};

interface Props {
	path: string;
	search: TraceSearch;
	/** Null when it cannot be read: then a value replaces it. */
	filter: FilterTree | null;
	/** Null when a store is away. */
	counts: Promise<FacetCounts | null>;
}

/** The values of what is listed, with how many traces have each: a click asks for one, with Alt it excludes it. */
export async function FacetBar({ path, search, filter, counts }: Props) {
	const found = await counts;
	if (found === null) return <p className="p-3 text-xs text-warn">The values could not be counted.</p>;
	const tree = filter ?? EVERYTHING;
	const start = fromTheStart(search);
	const shown = found.facets.filter(({ values }) => values.length > 0);
	return (
		<>
			{shown.map(({ field, values, more }) => (
				<FacetPanel
					key={field}
					name={NAMES[field] ?? field}
					isOpen={values.length > 1 || isTouched(tree, field, values)}
				>
					<ul className="flex flex-col">
						{values.map(({ value, traces }) => (
							<li key={value}>
								<FacetLink
									value={value}
									count={formatCount(traces)}
									state={valueState(tree, { field, value })}
									askHref={traceSearchHref(path, { ...start, filter: toggleValue(tree, { field, value }) })}
									excludeHref={traceSearchHref(path, { ...start, filter: toggleExclusion(tree, { field, value }) })}
								/>
							</li>
						))}
					</ul>
					{more && <p className="px-2 text-2xs text-faint">and more; type a filter for the rest</p>}
				</FacetPanel>
			))}
			<p className="px-2 pt-2 text-2xs text-pretty text-faint">
				{found.counted.all ? "Counted over" : "Counted over the newest"} {formatCount(found.counted.spans)} spans
				{!found.counted.all && found.counted.sinceMs !== null && (
					<>
						, since <Time epochMs={found.counted.sinceMs} short />
					</>
				)}
				.
			</p>
		</>
	);
}

function isTouched(filter: FilterTree, field: string, values: readonly { value: string }[]): boolean {
	return values.some(({ value }) => valueState(filter, { field, value }) !== "open");
}
