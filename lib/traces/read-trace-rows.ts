import type { CostSplit } from "@/lib/traces/cost-split";
import { encodeSkeleton } from "@/lib/traces/encode-skeleton";
import { findHolder } from "@/lib/traces/find-holder";
import { readSkeleton, type TraceFacts } from "@/lib/traces/read-skeleton";
import { shareTime, type TimeShares } from "@/lib/traces/share-time";
import type { SkeletonWire } from "@/lib/traces/skeleton-wire";
import type { TextSource } from "@/lib/traces/trace";
import { traceProgress } from "@/lib/traces/trace-progress";

/** A trace as its page shows it, but for the content of its spans. */
export interface TraceRows {
	facts: TraceFacts;
	/** Where its time went; null when nobody told. */
	shares: TimeShares | null;
	costSplit: CostSplit | null;
	/** Whose texts stand for the trace. */
	inputSource: TextSource | null;
	outputSource: TextSource | null;
	rows: SkeletonWire;
	/** Spans that `facts` and `rows` are of: fewer than the trace has when it is too large. */
	readCount: number;
}

/** A large trace is asked for twice, by its page and for its rows, and again whenever somebody comes back to it. */
const KEPT_SPANS_MIN = 2_000;
const KEPT_MAX = 4;
const kept = new Map<string, TraceRows>();

/**
 * One trace, of the given projects the one that `findHolder` names; `not_found` when none holds it. The last large traces are
 * remembered for as long as nothing of them changes.
 */
export async function readTraceRows(
	{ projectIds, traceId }: { projectIds: readonly string[]; traceId: string },
	now: Date = new Date(),
): Promise<TraceRows> {
	const holder = await findHolder({ projectIds, traceId });
	const key = `${holder.projectId} ${traceId} ${holder.version}`;
	const known = kept.get(key);
	if (known) {
		const { facts } = known;
		return { ...known, facts: { ...facts, progress: traceProgress(facts, facts.updatedAt, now) } };
	}
	const skeleton = await readSkeleton(holder, traceId, now);
	const read: TraceRows = {
		facts: skeleton.facts,
		shares: shareTime(skeleton.spans, skeleton.facts.durationNano),
		costSplit: skeleton.costSplit,
		inputSource: skeleton.inputSource,
		outputSource: skeleton.outputSource,
		rows: encodeSkeleton(skeleton),
		readCount: skeleton.spans.length,
	};
	if (read.readCount >= KEPT_SPANS_MIN) keep(key, read);
	return read;
}

function keep(key: string, read: TraceRows): void {
	kept.set(key, read);
	const [oldest] = kept.keys();
	if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
}
