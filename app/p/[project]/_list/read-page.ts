import { redirect } from "next/navigation";
import type { OpenList } from "@/app/p/[project]/_list/open-list";
import { readWithin } from "@/app/p/[project]/_list/read-within";
import { traceSearchHref } from "@/app/p/[project]/traces/search-params";
import { isAppError } from "@/lib/errors";
import type { TimeWindow } from "@/lib/traces/time-window";

const PAGE_ROWS = 50;

type Asked = OpenList["sought"] & { window: TimeWindow; limit: number; cursor: string | undefined };

/** The page of a list that its address asks for. A cursor that is none leads to the first page. */
export function readPage<Page>(
	{ place: { path, search }, sought }: OpenList,
	read: (asked: Asked) => Promise<Page>,
	isEmpty: (page: Page) => boolean,
) {
	const cursor = search.cursor ?? undefined;
	return readWithin(
		search,
		sought.now,
		({ window }) => read({ ...sought, window, limit: PAGE_ROWS, cursor }),
		isEmpty,
	).catch((error: unknown) => {
		if (search.cursor && isAppError(error) && error.code === "invalid_input") {
			redirect(traceSearchHref(path, { ...search, cursor: null }));
		}
		throw error;
	});
}
