"use server";

import type { ReactNode } from "react";
import { DrawerTrace } from "@/app/p/[project]/traces/[traceId]/drawer-trace";
import type { TracePlace } from "@/app/p/[project]/traces/[traceId]/trace-place";
import { requirePerson } from "@/lib/auth/require-person";

/** One trace for the drawer of a list that is on the screen already. */
export async function showTraceAction(segment: string, traceId: string, place: TracePlace): Promise<ReactNode> {
	await requirePerson();
	return <DrawerTrace key={traceId} segment={segment} traceId={traceId} place={place} />;
}
