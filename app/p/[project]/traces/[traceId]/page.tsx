import Link from "next/link";
import { openTrace } from "@/app/p/[project]/traces/[traceId]/open-trace";
import { SpanDetail } from "@/app/p/[project]/traces/[traceId]/span-detail";
import { first, type RawSearchParams } from "@/app/p/[project]/traces/search-params";
import { buildSpanTree } from "@/lib/span/span-tree";

interface Props {
	params: Promise<{ project: string; traceId: string }>;
	searchParams: Promise<RawSearchParams>;
}

export default async function TracePage({ params, searchParams }: Props) {
	const { project: segment, traceId } = await params;
	const { spans, evaluations } = await openTrace(segment, traceId);
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
	const own = evaluations.filter(({ spanId }) => spanId === span.spanId);
	// The key lets another span start at its top, folded as by default.
	return <SpanDetail key={span.spanId} path={`/p/${segment}/traces/${traceId}`} span={span} evaluations={own} />;
}
