import type { Metadata } from "next";
import { parseTracePlace } from "@/app/p/[project]/traces/[traceId]/trace-place";
import { TraceView } from "@/app/p/[project]/traces/[traceId]/trace-view";
import type { RawSearchParams } from "@/app/p/[project]/traces/search-params";

export const metadata: Metadata = { title: "Trace" };

interface Props {
	params: Promise<{ project: string; traceId: string }>;
	searchParams: Promise<RawSearchParams>;
}

export default async function TracePage({ params, searchParams }: Props) {
	const { project, traceId } = await params;
	const place = parseTracePlace(await searchParams);
	return (
		<div className="flex min-h-[calc(100dvh-3rem)] flex-col lg:h-dvh">
			<TraceView segment={project} traceId={traceId} place={place} placement="page" />
		</div>
	);
}
