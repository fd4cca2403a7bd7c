import { interpretSpan } from "@/lib/ingest/interpret-span";
import { listOverridesOf } from "@/lib/pricing/list-price-overrides";
import { type Cost, DERIVE_VERSION } from "@/lib/span/derived-fields";
import { pageSpans, type SpanPosition } from "@/lib/traces/page-spans";
import { rewriteSpans } from "@/lib/traces/write-spans";

const PAGE_SPANS = 500;
const DEFAULT_BUDGET_MS = 30_000;

const COST_FIELDS = [
	"costUsd",
	"costInput",
	"costOutput",
	"costSource",
	"priceVersion",
	"costNote",
] as const satisfies readonly (keyof Cost)[];

/** What one call did. */
export interface Repricing {
	/** Spans that were looked at. */
	examined: number;
	/** Spans whose cost is another one now. */
	changed: number;
	/** Where the next call goes on; null when the whole range is done. */
	next: SpanPosition | null;
}

/**
 * Prices a project's stored spans again, those that start from `from` on and before `to`, by the overrides and the list of
 * now; the prices of the day each span began still count. Spans are derived anew from what was reported, and only those
 * whose cost changes are written. They keep their place in the order of arrival, so no rule sees them again and a span
 * that its sender repeats meanwhile wins. Works page by page until `budgetMs` is used up, and at least one page; `next`
 * then tells where to go on. Safe to repeat: what is priced already does not change.
 */
export async function repriceSpans({
	projectId,
	from,
	to,
	after = null,
	budgetMs = DEFAULT_BUDGET_MS,
	pageSize = PAGE_SPANS,
}: {
	projectId: string;
	from: Date;
	to: Date;
	after?: SpanPosition | null;
	budgetMs?: number;
	pageSize?: number;
}): Promise<Repricing> {
	const deadline = performance.now() + budgetMs;
	const overrides = (await listOverridesOf([projectId])).get(projectId) ?? [];
	const result: Repricing = { examined: 0, changed: 0, next: after };
	for (;;) {
		const spans = await pageSpans({ projectId, from, to, after: result.next, size: pageSize });
		const changed = spans.flatMap((span) => {
			const again = interpretSpan(span, span.logs, overrides, span);
			return sameCost(again, span) ? [] : [Object.assign({}, span, again, { deriveVersion: DERIVE_VERSION })];
		});
		await rewriteSpans(changed);
		result.examined += spans.length;
		result.changed += changed.length;
		const last = spans.at(-1);
		result.next = last && spans.length === pageSize ? { traceId: last.traceId, spanId: last.spanId } : null;
		if (result.next === null || performance.now() >= deadline) return result;
	}
}

function sameCost(a: Cost, b: Cost): boolean {
	return COST_FIELDS.every((field) => a[field] === b[field]);
}
