import { Suspense } from "react";
import { FacetBar } from "@/app/p/[project]/_list/facet-bar";
import { FacetSide } from "@/app/p/[project]/_list/facet-side";
import { FacetSkeleton } from "@/app/p/[project]/_list/facet-skeleton";
import type { OpenList } from "@/app/p/[project]/_list/open-list";
import { orUnavailable } from "@/app/p/[project]/_list/or-unavailable";
import { countFacets } from "@/lib/traces/count-facets";
import type { TimeWindow } from "@/lib/traces/time-window";

/** The side bar of a list, which fills when its values are counted; the rows do not wait for it. */
export function Facets({ open, window }: { open: OpenList; window: TimeWindow }) {
	const { place, filter, sought, facetsChoice } = open;
	return (
		<FacetSide base={place.base} given={facetsChoice}>
			<Suspense fallback={<FacetSkeleton />}>
				<FacetBar
					path={place.path}
					search={place.search}
					filter={filter}
					counts={orUnavailable(countFacets({ ...sought, window }))}
				/>
			</Suspense>
		</FacetSide>
	);
}
