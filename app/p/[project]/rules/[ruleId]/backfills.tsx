import { SectionFrame } from "@/app/_ui/section-frame";
import { BackfillForm } from "@/app/p/[project]/rules/[ruleId]/backfill-form";
import { BackfillLine } from "@/app/p/[project]/rules/[ruleId]/backfill-line";
import { cancelBackfillAction, createBackfillAction } from "@/app/p/[project]/rules/backfill-actions";
import type { BackfillProgress } from "@/lib/evaluations/backfill";
import type { Rule } from "@/lib/rules/rule";

interface Props {
	rule: Rule;
	backfills: BackfillProgress[];
}

/** Judging what is stored already: how to begin, and how far it has come. */
export function Backfills({ rule, backfills }: Props) {
	return (
		<SectionFrame title="Judge what is stored" note="within the rule's share and budget">
			<div className="p-3">
				<BackfillForm action={createBackfillAction.bind(null, rule.projectId, rule.id)} />
			</div>
			{backfills.length > 0 && (
				<ul className="flex flex-col divide-y divide-line border-t border-line">
					{backfills.map((backfill) => (
						<BackfillLine
							key={backfill.id}
							backfill={backfill}
							cancel={cancelBackfillAction.bind(null, rule.projectId, rule.id, backfill.id)}
						/>
					))}
				</ul>
			)}
		</SectionFrame>
	);
}
