/** Names the reader's columns of one kind of list; the cookie's path says of which project. */
export function layoutCookie(list: string): string {
	return `spanwise_columns_${list}`;
}

/** What the reader did with the side bar of facets. */
export const FACETS_COOKIE = "spanwise_facets";

/** Null: nothing yet, so it stands where there is room for it and for the columns that matter. */
export type FacetsChoice = "open" | "folded" | null;

export function readFacetsChoice(text: string | undefined): FacetsChoice {
	return text === "open" || text === "folded" ? text : null;
}

const YEAR_SECONDS = 31_536_000;

/** Remembers a setting of one project's pages, for the server that draws the next one; null forgets it. */
export function rememberSetting(name: string, path: string, value: string | null) {
	const age = value === null ? 0 : YEAR_SECONDS;
	// biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is missing in Safari and on plain HTTP
	document.cookie = `${name}=${encodeURIComponent(value ?? "")}; path=${path}; max-age=${age}; samesite=lax`;
}
