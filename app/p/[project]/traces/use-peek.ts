"use client";

import { usePathname, useSearchParams } from "next/navigation";

/** What belongs to the trace in the drawer, not to the list. */
const DRAWER_PARAMS = ["peek", "span", "view", "rows"];

export interface Peek {
	/** Id of the trace in the drawer; null while it is closed. */
	traceId: string | null;
	/** The address of the list with another trace in the drawer; null: with none. */
	hrefOf(traceId: string | null): string;
	/** Goes there without asking the server for the list; `replace` leaves no step in the history. */
	go(traceId: string | null, options?: { replace?: boolean }): void;
}

/** Which trace lies in the drawer over a list. */
export function usePeek(): Peek {
	const path = usePathname();
	const params = useSearchParams();
	const hrefOf = (traceId: string | null) => {
		const next = new URLSearchParams(params);
		for (const name of DRAWER_PARAMS) next.delete(name);
		if (traceId !== null) next.set("peek", traceId);
		const query = next.toString();
		return query ? `${path}?${query}` : path;
	};
	return {
		traceId: params.get("peek") || null,
		hrefOf,
		go(traceId, { replace = false } = {}) {
			window.history[replace ? "replaceState" : "pushState"](null, "", hrefOf(traceId));
		},
	};
}
