"use server";

import type { ReactNode } from "react";
import { DrawerTrace } from "@/app/p/[project]/traces/[traceId]/drawer-trace";
import { parseTracePlace } from "@/app/p/[project]/traces/[traceId]/trace-place";
import { requirePerson } from "@/lib/auth/require-person";

/** One trace for the drawer of a list that is on the screen already; `query` is that of the address. */
export async function showTraceAction(segment: string, traceId: string, query: string): Promise<ReactNode> {
	await requirePerson();
	const place = parseTracePlace(Object.fromEntries(new URLSearchParams(query)));
	return <DrawerTrace key={traceId} segment={segment} traceId={traceId} place={place} />;
}
