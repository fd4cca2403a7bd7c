import { formatCounted } from "@/app/_ui/format-number";
import { mendingHint } from "@/app/p/[project]/ingest/mending-hints";
import type { Sample, Trouble } from "@/app/p/[project]/ingest/trouble-list";
import type { RefusedRequests, RejectedSpans } from "@/lib/accounting/ingest-health";

/** Of what nobody knows the project. */
export const NOBODYS = "project not known";

/** The latest first, and always in the same order. */
export const latestFirst = (a: Trouble, b: Trouble): number =>
	b.lastAt.getTime() - a.lastAt.getTime() || (a.key < b.key ? -1 : 1);

/** The most frequent first: that order stays while a page refreshes itself. */
export const mostFirst = (a: Trouble, b: Trouble): number => b.count - a.count || (a.key < b.key ? -1 : 1);

/** Refused requests: nobody read them, so nobody knows whose project they were for. */
export function refusedTroubles(refused: readonly RefusedRequests[]): Trouble[] {
	return refused.map(({ status, reason, signal, sender, requests, lastAt }) => ({
		key: `request ${status} ${signal} ${reason} ${sender}`,
		count: requests,
		tone: status === 429 || status === 503 ? "warn" : "fail",
		chip: `${status === 0 ? "" : `${status} · `}${formatCounted(requests, "request")}`,
		labels: signal === "traces" || signal === "" ? [NOBODYS] : [signal, NOBODYS],
		reason,
		sender,
		lastAt,
		hint: mendingHint(status, reason),
	}));
}

/** Spans left out of requests that were read; `hrefOf` says where the trace of a sample is shown. */
export function rejectedTroubles(
	rejections: readonly RejectedSpans[],
	hrefOf: (sample: string) => string | null = () => null,
): Trouble[] {
	return rejections.map(({ reason, spans, samples, sender, lastAt }) => ({
		key: `span ${reason} ${sender}`,
		count: spans,
		tone: "fail",
		chip: formatCounted(spans, "span"),
		reason,
		sender,
		lastAt,
		hint: mendingHint(null, reason),
		// Those that lead somewhere first.
		samples: samples
			.map((id): Sample => ({ id, href: hrefOf(id) }))
			.sort((a, b) => Number(b.href !== null) - Number(a.href !== null)),
	}));
}
