"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useState } from "react";
import { parseTracePlace, type TracePlace, tracePlaceQuery } from "@/app/p/[project]/traces/[traceId]/trace-place";

export interface TracePlaceHandle extends TracePlace {
	/** The address of another look at the same trace. */
	hrefOf(change: Partial<TracePlace>): string;
	/** Goes there without asking the server; `replace` leaves no step in the history. */
	go(change: Partial<TracePlace>, options?: { replace?: boolean }): void;
}

/** Which span and which view the address names. A change shows at once, not when the router has taken note of it. */
export function useTracePlace(): TracePlaceHandle {
	const path = usePathname();
	const params = useSearchParams();
	const query = params.toString();
	const [ahead, setAhead] = useState<{ change: Partial<TracePlace>; from: string } | null>(null);
	const place = parseTracePlace(Object.fromEntries(params));
	const hrefOf = (change: Partial<TracePlace>) => path + tracePlaceQuery(params, change);
	return {
		...place,
		...(ahead?.from === query && ahead.change),
		hrefOf,
		go(change, { replace = false } = {}) {
			const known = ahead?.from === query ? ahead.change : {};
			const next = { ...known, ...change };
			setAhead({ change: next, from: query });
			const method = replace ? "replaceState" : "pushState";
			window.history[method](null, "", hrefOf(next));
		},
	};
}
