"use server";

import type { ReactNode } from "react";
import { SpanPanel } from "@/app/p/[project]/traces/[traceId]/span-panel";
import { requirePerson } from "@/lib/auth/require-person";

/** The panel of one span, for a page that shows another span of the same trace already. */
export async function showSpanAction(segment: string, traceId: string, spanId: string): Promise<ReactNode> {
	await requirePerson();
	// The key lets another span start at its top, folded as by default.
	return <SpanPanel key={spanId} segment={segment} traceId={traceId} spanId={spanId} />;
}
