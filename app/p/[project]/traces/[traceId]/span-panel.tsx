import { FeedbackBar } from "@/app/p/[project]/traces/[traceId]/feedback-bar";
import { openHolder } from "@/app/p/[project]/traces/[traceId]/open-trace";
import { SpanDetail } from "@/app/p/[project]/traces/[traceId]/span-detail";
import { SpanLedger } from "@/app/p/[project]/traces/[traceId]/span-ledger";
import { listFeedback } from "@/lib/feedback/list-feedback";
import { readSpans } from "@/lib/traces/read-spans";

interface Props {
	segment: string;
	traceId: string;
	spanId: string;
}

/** Everything that is known of one span of a trace, and what the rules decided about it. */
export async function SpanPanel({ segment, traceId: text, spanId }: Props) {
	const { projectId, traceId, spanCount } = await openHolder(segment, text);
	const [[span], feedback] = await Promise.all([
		readSpans({ projectId, traceId, spanIds: [spanId] }),
		listFeedback({ projectId, traceId }),
	]);
	const path = `/p/${segment}/traces/${traceId}`;
	if (!span) return <NotHere path={path} spanId={spanId} />;
	return (
		<SpanDetail
			path={path}
			span={span}
			feedback={
				projectId && (
					<FeedbackBar
						place={{ segment, traceId, spanId }}
						feedback={feedback.filter((one) => one.spanId === spanId)}
					/>
				)
			}
			// What belongs to no project has no rules.
			ledger={projectId && <SpanLedger segment={segment} span={span} spanCount={spanCount} />}
		/>
	);
}

function NotHere({ path, spanId }: { path: string; spanId: string }) {
	return (
		<p className="p-6 text-sm text-muted">
			The span <code className="font-mono wrap-anywhere">{spanId}</code> is not in this trace.{" "}
			<a href={path} className="text-accent-ink hover:underline">
				Show the first one
			</a>
		</p>
	);
}
