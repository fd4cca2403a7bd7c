/**
 * The bundled list of public prices. It is as old as its release, and nothing is downloaded at run time.
 * Source: npm package @pydantic/genai-prices; the release date is the registry's, for the data carries none.
 */
export const PRICE_LIST = {
	name: "genai-prices",
	version: "0.1.8",
	releasedOn: "2026-09-23",
} as const;

/** What is kept beside a cost that was computed from the list. */
export const PRICE_LIST_VERSION = `${PRICE_LIST.name} ${PRICE_LIST.version}`;
