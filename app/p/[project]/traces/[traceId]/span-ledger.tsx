import { Ledger } from "@/app/p/[project]/traces/[traceId]/ledger";
import { listEvaluations } from "@/lib/evaluations/list-evaluations";
import { listSpanDecisions } from "@/lib/evaluations/list-span-decisions";
import type { StoredSpan } from "@/lib/traces/trace";

interface Props {
	segment: string;
	span: StoredSpan;
	/** Of its trace. */
	spanCount: number;
}

/** What each rule of the project decided about a span, and about its trace. */
export async function SpanLedger({ segment, span, spanCount }: Props) {
	const { projectId, traceId, spanId } = span;
	const [decisions, evaluations] = await Promise.all([
		listSpanDecisions({ span, spanCount }),
		listEvaluations({ projectIds: [projectId], traceIds: [traceId] }),
	]);
	return (
		<Ledger
			decisions={decisions}
			evaluations={evaluations.filter((evaluation) => evaluation.spanId === spanId || evaluation.spanId === "")}
			spanId={spanId}
			path={`/p/${segment}/traces/${traceId}`}
			rulesPath={`/p/${projectId}/rules`}
			tracesPath={`/p/${segment}/traces`}
		/>
	);
}
