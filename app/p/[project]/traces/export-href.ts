import { traceSearchHref } from "@/app/p/[project]/traces/search-params";

/** The address of a file with these traces, and nothing else. */
export function exportHref(segment: string, traceIds: readonly string[]): string {
	const filter = `trace in (${traceIds.map((id) => JSON.stringify(id)).join(", ")})`;
	return `${traceSearchHref(`/p/${segment}/traces/export`, { filter, range: "all" })}&format=json`;
}
