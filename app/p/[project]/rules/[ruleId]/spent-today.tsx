import { formatCost } from "@/app/_ui/format-cost";
import { formatCount } from "@/app/_ui/format-number";
import { Meter } from "@/app/_ui/meter";
import { SectionFrame } from "@/app/_ui/section-frame";
import type { RuleReport } from "@/lib/evaluations/read-rule-report";
import type { Rule } from "@/lib/rules/rule";

interface Props {
	rule: Pick<Rule, "dailyBudgetUsd" | "dailyBudgetCount" | "evaluator">;
	spent: RuleReport["spentToday"];
}

/** What the rule used today, beside what it may use. */
export function SpentToday({ rule: { dailyBudgetUsd, dailyBudgetCount, evaluator }, spent }: Props) {
	// Asking a model is never free: without a price for it, what it took is not known.
	const isUnpriced = evaluator.kind === "llm_judge" && spent.count > 0 && spent.usd === 0;
	return (
		<SectionFrame title="Spent today" note="a day is one of UTC">
			<dl className="flex flex-col gap-3 p-3">
				<Spent label="US dollars" used={isUnpriced ? null : spent.usd} budget={dailyBudgetUsd} format={formatCost} />
				<Spent label="Evaluations" used={spent.count} budget={dailyBudgetCount} format={formatCount} />
			</dl>
		</SectionFrame>
	);
}

interface SpentProps {
	label: string;
	/** Null when it is not known. */
	used: number | null;
	budget: number | null;
	format: (amount: number) => string;
}

function Spent({ label, used, budget, format }: SpentProps) {
	return (
		<div className="flex flex-col gap-1">
			<dt className="text-xs text-muted">{label}</dt>
			<dd className="flex flex-col gap-1.5">
				<span className="text-sm text-ink tabular-nums">
					{used === null ? (
						<span className="text-warn">not known</span>
					) : (
						<strong className="font-semibold">{format(used)}</strong>
					)}
					<span className="text-muted">{budget === null ? ", no limit" : ` of ${format(budget)}`}</span>
				</span>
				{budget !== null && used !== null && (
					<Meter
						label={`${label}, share of the budget`}
						value={budget === 0 ? 1 : used / budget}
						isFull={used >= budget}
					/>
				)}
			</dd>
		</div>
	);
}
