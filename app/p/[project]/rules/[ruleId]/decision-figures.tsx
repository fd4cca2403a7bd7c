import { classNames } from "@/app/_ui/class-names";
import { formatCount } from "@/app/_ui/format-number";
import type { RuleReport } from "@/lib/evaluations/read-rule-report";

type Decision = keyof RuleReport["counts"];

const FIGURES: readonly { decision: Decision; word: string; meaning: string; ink: string }[] = [
	{ decision: "passed", word: "passed", meaning: "Judged, and good enough", ink: "text-pass" },
	{ decision: "failed", word: "failed", meaning: "Judged, and not good enough", ink: "text-fail" },
	{ decision: "pending", word: "pending", meaning: "Waiting for their turn", ink: "text-ink" },
	{ decision: "running", word: "running", meaning: "Being judged at this moment", ink: "text-info" },
	{ decision: "blocked", word: "blocked", meaning: "Waiting until the connection works again", ink: "text-warn" },
	{
		decision: "unreadable",
		word: "unreadable",
		meaning: "The judge answered without a score that could be read: counted in no average",
		ink: "text-warn",
	},
	{
		decision: "judge_failed",
		word: "judge failed",
		meaning: "The judge could not be asked: this says nothing about the span",
		ink: "text-warn",
	},
	{
		decision: "over_budget",
		word: "over budget",
		meaning: "Not judged: the day's budget was used up",
		ink: "text-ink",
	},
];

/** What became of everything that the rule chose. */
export function DecisionFigures({ counts }: { counts: RuleReport["counts"] }) {
	return (
		<dl
			aria-label="Evaluations of this rule"
			className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-4 xl:grid-cols-8"
		>
			{FIGURES.map(({ decision, word, meaning, ink }) => (
				<div key={decision} title={meaning} className="flex flex-col-reverse bg-surface px-3 py-2">
					<dt className="text-xs text-muted">{word}</dt>
					<dd className={classNames("text-lg font-semibold tabular-nums", counts[decision] === 0 ? "text-faint" : ink)}>
						{formatCount(counts[decision])}
					</dd>
				</div>
			))}
		</dl>
	);
}
