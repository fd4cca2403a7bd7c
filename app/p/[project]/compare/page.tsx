import type { Metadata } from "next";
import { PageHeader } from "@/app/_ui/page-header";
import { CandidateList } from "@/app/p/[project]/compare/candidate-list";
import { ComparedFacts } from "@/app/p/[project]/compare/compared-facts";
import { ComparedOutputs } from "@/app/p/[project]/compare/compared-outputs";
import { ComparedSpans } from "@/app/p/[project]/compare/compared-spans";
import { openTrace } from "@/app/p/[project]/traces/[traceId]/open-trace";
import { first, type RawSearchParams } from "@/app/p/[project]/traces/search-params";

export const metadata: Metadata = { title: "Compare traces" };

interface Props {
	params: Promise<{ project: string }>;
	searchParams: Promise<RawSearchParams>;
}

/** Two traces side by side: `?a=` and `?b=` are their ids; with one of them, what it can be compared with. */
export default async function ComparePage({ params, searchParams }: Props) {
	const { project: segment } = await params;
	const search = await searchParams;
	const [a, b] = [first(search.a), first(search.b)];
	if (!a || !b) return <CandidateList segment={segment} traceId={a || b} />;
	const [left, right] = await Promise.all([openTrace(segment, a), openTrace(segment, b)]);
	return (
		<div className="flex flex-col gap-4 px-4 py-5 lg:px-6">
			<PageHeader title="Compare traces" text="Spans of one name under one parent stand beside each other." />
			<ComparedFacts segment={segment} a={left} b={right} />
			<h2 className="sr-only">What they were asked and answered</h2>
			<ComparedOutputs a={left} b={right} />
			<h2 className="sr-only">Their spans</h2>
			<ComparedSpans segment={segment} a={left} b={right} />
		</div>
	);
}
