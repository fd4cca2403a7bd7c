import { cookies } from "next/headers";
import {
	FACETS_COOKIE,
	type FacetsChoice,
	layoutCookie,
	readFacetsChoice,
} from "@/app/p/[project]/_list/layout-cookie";
import type { ListPlace } from "@/app/p/[project]/_list/list-table";
import { joinableText } from "@/app/p/[project]/_list/refine-filter";
import { openProject } from "@/app/p/[project]/open-project";
import { parseTraceSearch, type RawSearchParams } from "@/app/p/[project]/traces/search-params";
import type { ProjectScope } from "@/lib/auth/require-project";
import type { FilterTree } from "@/lib/filter/filter";
import { readFilterText } from "@/lib/filter/filter-text";

export interface OpenList {
	scope: ProjectScope;
	place: ListPlace;
	/** Null when it cannot be read; then it is not applied, and `error` says why. */
	filter: FilterTree | null;
	error: string | null;
	/** What the reader did with the values beside the list. */
	facetsChoice: FacetsChoice;
	/** What verbs of lists are asked, the time apart. */
	sought: { projectIds: string[]; filter?: FilterTree; text?: string; now: Date };
}

/** Whose list is asked for, and what of it, from the address and the reader's settings. */
export async function openList(segment: string, list: ListPlace["list"], raw: RawSearchParams): Promise<OpenList> {
	const scope = await openProject(segment);
	const search = parseTraceSearch(raw);
	const { filter, error } = readFilterText(search.filter);
	const jar = await cookies();
	const base = `/p/${segment}`;
	return {
		scope,
		filter,
		error,
		facetsChoice: readFacetsChoice(jar.get(FACETS_COOKIE)?.value),
		place: {
			list,
			segment,
			base,
			search,
			path: `${base}/${list}`,
			joinable: joinableText(search.filter, filter),
			layout: search.columns ?? (jar.get(layoutCookie(list))?.value || null),
		},
		sought: {
			projectIds: scope.projectIds,
			...(filter && { filter }),
			...(search.text && { text: search.text }),
			now: new Date(),
		},
	};
}
