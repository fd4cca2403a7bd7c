import { EvaluateButton } from "@/app/p/[project]/traces/[traceId]/evaluate-button";
import { FeedbackBar } from "@/app/p/[project]/traces/[traceId]/feedback-bar";
import { givenBodies } from "@/app/p/[project]/traces/[traceId]/given-bodies";
import { openTrace } from "@/app/p/[project]/traces/[traceId]/open-trace";
import { SpanPanel } from "@/app/p/[project]/traces/[traceId]/span-panel";
import { TraceHeader } from "@/app/p/[project]/traces/[traceId]/trace-header";
import { traceMarks } from "@/app/p/[project]/traces/[traceId]/trace-marks";
import type { TracePlace } from "@/app/p/[project]/traces/[traceId]/trace-place";
import { TraceStage } from "@/app/p/[project]/traces/[traceId]/trace-stage";
import { traceVersion } from "@/app/p/[project]/traces/[traceId]/trace-version";
import { TraceWatch } from "@/app/p/[project]/traces/[traceId]/trace-watch";
import { sliceSkeleton } from "@/lib/traces/encode-skeleton";
import { ROW_FLAGS, type SkeletonWire } from "@/lib/traces/skeleton-wire";

/** More rows than this come after the page, in one answer of their own. */
const ROWS_WITH_PAGE = 1_000;
/** What a page without JavaScript shows at once. */
const ROWS_PER_PAGE = 200;
/** Agents may pause for long: what came last tells whether more may come. */
const YOUNG_MS = 60 * 60_000;

interface Props {
	segment: string;
	traceId: string;
	place: TracePlace;
	placement: "page" | "drawer";
}

/** One trace: header, a view of its spans, and the span that is chosen. */
export async function TraceView({ segment, traceId: text, place, placement }: Props) {
	const { traceId, trace, evaluations, feedback } = await openTrace(segment, text);
	const { facts, rows } = trace;
	const firstSpanId = firstSpanOf(rows);
	const spanId = place.spanId ?? firstSpanId;
	const path = `/p/${segment}/traces/${traceId}`;
	const version = traceVersion(rows.version, evaluations, feedback);
	const head = headOf(rows, place.from);
	const given = await givenBodies({ projectId: facts.projectId ?? "", traceId, view: place.view, head });
	const isWaiting = evaluations.some(({ status }) => status === "PENDING" || status === "CLAIMED");
	const isChanging = isWaiting || Date.now() - facts.updatedAt.getTime() < YOUNG_MS;
	return (
		<>
			<TraceHeader segment={segment} trace={trace} placement={placement}>
				{isChanging && <TraceWatch href={`${path}/version`} version={version} />}
				{facts.projectId !== null && <EvaluateButton segment={segment} traceId={traceId} />}
				{facts.projectId !== null && (
					<FeedbackBar
						place={{ segment, traceId, spanId: null }}
						feedback={feedback.filter((one) => one.spanId === "")}
					/>
				)}
			</TraceHeader>
			<TraceStage
				// What is folded or sought belongs to one trace.
				key={traceId}
				segment={segment}
				path={path}
				version={version}
				head={head}
				marks={traceMarks(evaluations)}
				firstSpanId={firstSpanId}
				panel={{
					spanId,
					node: <SpanPanel key={spanId} segment={segment} traceId={traceId} spanId={spanId} />,
				}}
				given={given}
				placement={placement}
			/>
		</>
	);
}

/** All rows of a trace, of a large one those of the part that is asked for. */
function headOf(rows: SkeletonWire, from: number): SkeletonWire {
	const first = from < rows.rowCount ? from : 0;
	return rows.rowCount <= ROWS_WITH_PAGE && first === 0 ? rows : sliceSkeleton(rows, first, ROWS_PER_PAGE);
}

function firstSpanOf({ ids, flags }: SkeletonWire): string {
	const row = flags.findIndex((flag) => (flag & ROW_FLAGS.placeholder) === 0);
	return ids.slice(row * 16, (row + 1) * 16);
}
