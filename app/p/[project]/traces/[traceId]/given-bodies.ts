import { type RawBody, rawBodies, transcriptBodies } from "@/app/p/[project]/traces/[traceId]/span-bodies";
import type { SpanBody } from "@/app/p/[project]/traces/[traceId]/span-body";
import type { TraceViewName } from "@/app/p/[project]/traces/[traceId]/trace-place";
import { innerAgents, transcriptItems } from "@/app/p/[project]/traces/[traceId]/transcript-items";
import { decodeSkeleton, idAt } from "@/lib/traces/outline";
import type { SkeletonWire } from "@/lib/traces/skeleton-wire";

/** What comes with the page, so that a reader without JavaScript reads, too. */
export interface GivenBodies {
	transcript?: Record<string, SpanBody>;
	raw?: Record<string, RawBody>;
}

/** Some screens. */
const ITEMS_MAX = 16;

/** The content of the first rows of a view; the tree has none. */
export async function givenBodies({
	projectId,
	traceId,
	view,
	head,
}: {
	projectId: string;
	traceId: string;
	view: TraceViewName;
	head: SkeletonWire;
}): Promise<GivenBodies> {
	if (view === "tree") return {};
	const outline = decodeSkeleton(head);
	if (view === "raw") {
		const spanIds = Array.from({ length: Math.min(ITEMS_MAX, outline.length) }, (_, row) => idAt(outline, row));
		return { raw: await rawBodies({ projectId, traceId }, spanIds) };
	}
	const asked = transcriptItems(outline, innerAgents(outline))
		.slice(0, ITEMS_MAX)
		.map(({ row, role, previous }) => {
			if (role !== "model") return [idAt(outline, row), undefined] as const;
			return [idAt(outline, row), previous < 0 ? null : idAt(outline, previous)] as const;
		});
	return { transcript: await transcriptBodies({ projectId, traceId }, asked) };
}
