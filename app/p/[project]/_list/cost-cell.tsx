import { formatCost } from "@/app/_ui/format-cost";
import { formatCounted } from "@/app/_ui/format-number";
import { Unknown } from "@/app/p/[project]/_list/unknown";
import type { CostSplit } from "@/lib/traces/cost-split";

interface Props {
	/** US dollars; null when nothing told any. */
	costUsd: number | null;
	/** Calls that the cost leaves out, because theirs is not known. */
	unpricedSpans?: number;
	/** What it is made of. */
	split?: CostSplit | null;
}

export function CostCell({ costUsd, unpricedSpans = 0, split }: Props) {
	if (costUsd === null) return <Unknown />;
	const missing = unpricedSpans > 0 ? `${formatCounted(unpricedSpans, "call")} of unknown cost` : null;
	const parts = split && `${formatCost(split.input)} input + ${formatCost(split.output)} output`;
	return (
		<span title={[parts, missing].filter(Boolean).join("\n") || undefined}>
			{formatCost(costUsd)}
			{missing && <span className="text-warn"> +?</span>}
		</span>
	);
}
