import { CircleAlert } from "lucide-react";
import { FoldedText } from "@/app/_ui/folded-text";
import { Time } from "@/app/_ui/time";
import type { RuleReport } from "@/lib/evaluations/read-rule-report";

/** The trouble that the rule's evaluations had last; nothing when they had none. */
export function LastError({ error }: { error: RuleReport["lastError"] }) {
	if (error === null) return null;
	return (
		<section
			aria-label="Last error"
			className="flex items-start gap-2 rounded-lg border border-line bg-fail-soft px-3 py-2 text-sm text-fail"
		>
			<CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
			<div className="min-w-0 flex-1">
				<h3 className="text-xs font-medium">
					Last error, <Time epochMs={error.at.getTime()} short />
				</h3>
				<FoldedText text={error.text} shownChars={600} shownLines={6} />
			</div>
		</section>
	);
}
