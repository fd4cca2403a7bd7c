import type { Metadata } from "next";
import type { ReactNode } from "react";
import { LiveRefresh } from "@/app/p/[project]/live-refresh";
import { openTrace } from "@/app/p/[project]/traces/[traceId]/open-trace";
import { SpanOutline } from "@/app/p/[project]/traces/[traceId]/span-outline";
import { spanRows } from "@/app/p/[project]/traces/[traceId]/span-rows";
import { TraceHeader } from "@/app/p/[project]/traces/[traceId]/trace-header";

export const metadata: Metadata = { title: "Trace" };

const YOUNG_MS = 60_000;

interface Props {
	children: ReactNode;
	params: Promise<{ project: string; traceId: string }>;
}

/** What stays while another span is chosen: the header and the outline of spans. */
export default async function TraceLayout({ children, params }: Props) {
	const { project: segment, traceId } = await params;
	const { summary, spans, evaluations } = await openTrace(segment, traceId);
	const open = evaluations.some(({ status }) => status === "PENDING" || status === "CLAIMED");
	const now = Date.now();
	const changing = open || now - summary.createdAt.getTime() < YOUNG_MS;
	return (
		<div className="flex flex-col lg:h-dvh">
			<TraceHeader segment={segment} summary={summary}>
				{changing && <LiveRefresh renderedAtMs={now} />}
			</TraceHeader>
			<div className="grid min-h-0 flex-1 grid-cols-1 lg:grid-cols-[minmax(20rem,2fr)_minmax(0,3fr)]">
				<SpanOutline path={`/p/${segment}/traces/${summary.traceId}`} rows={spanRows(spans, evaluations)} />
				{children}
			</div>
		</div>
	);
}
