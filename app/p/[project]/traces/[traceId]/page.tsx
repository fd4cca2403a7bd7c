import Link from "next/link";
import { Ledger } from "@/app/p/[project]/traces/[traceId]/ledger";
import { openTrace } from "@/app/p/[project]/traces/[traceId]/open-trace";
import { SpanDetail } from "@/app/p/[project]/traces/[traceId]/span-detail";
import { first, type RawSearchParams } from "@/app/p/[project]/traces/search-params";
import { listDecisions } from "@/lib/evaluations/list-decisions";
import { buildSpanTree } from "@/lib/span/span-tree";

interface Props {
	params: Promise<{ project: string; traceId: string }>;
	searchParams: Promise<RawSearchParams>;
}

export default async function TracePage({ params, searchParams }: Props) {
	const { project: segment, traceId } = await params;
	const { summary, spans, evaluations } = await openTrace(segment, traceId);
	const wanted = first((await searchParams).span);
	const span = wanted ? spans.find(({ spanId }) => spanId === wanted) : buildSpanTree(spans)[0]?.span;
	if (!span) {
		return (
			<p className="p-6 text-sm text-muted">
				The span <code className="font-mono">{wanted}</code> is not in this trace.{" "}
				<Link href={`/p/${segment}/traces/${traceId}`} className="text-accent-ink hover:underline">
					Show the first one
				</Link>
			</p>
		);
	}
	const { projectId } = summary;
	// What belongs to no project has no rules.
	const decisions = projectId ? await listDecisions({ projectId, traceId: span.traceId, spans }) : [];
	const path = `/p/${segment}/traces/${traceId}`;
	return (
		// The key lets another span start at its top, folded as by default.
		<SpanDetail
			key={span.spanId}
			path={path}
			span={span}
			ledger={
				<Ledger
					decisions={decisions}
					evaluations={evaluations.filter(({ spanId }) => spanId === span.spanId || spanId === "")}
					spanId={span.spanId}
					path={path}
					rulesPath={`/p/${projectId}/rules`}
					tracesPath={`/p/${segment}/traces`}
				/>
			}
		/>
	);
}
