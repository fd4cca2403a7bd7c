import { ActionForm } from "@/app/_ui/action-form";
import type { FormAction } from "@/app/_ui/action-result";
import { Chip, type Tone } from "@/app/_ui/chip";
import { FormMessage } from "@/app/_ui/form-message";
import { formatCount } from "@/app/_ui/format-number";
import { Meter } from "@/app/_ui/meter";
import { SubmitButton } from "@/app/_ui/submit-button";
import { Time } from "@/app/_ui/time";
import type { BackfillProgress } from "@/lib/evaluations/backfill";

const STATES = {
	finding: { word: "finding", tone: "info" },
	judging: { word: "judging", tone: "info" },
	incomplete: { word: "incomplete", tone: "warn" },
	done: { word: "done", tone: "pass" },
	cancelled: { word: "cancelled", tone: "neutral" },
	failed: { word: "failed", tone: "fail" },
} as const satisfies Record<string, { word: string; tone: Tone }>;

/** One wish to judge what is stored, and how far it has come. */
export function BackfillLine({ backfill, cancel }: { backfill: BackfillProgress; cancel: FormAction }) {
	const { from, to, anew, planned, ended, failed, overBudget, lastError } = backfill;
	const state = stateOf(backfill);
	const isUnderWay = state === STATES.finding || state === STATES.judging;
	return (
		<li className="flex flex-col gap-2 px-3 py-2 text-sm">
			<div className="flex flex-wrap items-center gap-x-3 gap-y-1">
				<Chip tone={state.tone}>{state.word}</Chip>
				<span className="text-xs text-muted">
					<Time epochMs={from.getTime()} short /> to <Time epochMs={to.getTime()} short />
					{anew && ", judged again"}
				</span>
				<span className="ml-auto text-xs text-ink tabular-nums">{progressWords(backfill)}</span>
				{isUnderWay && (
					<ActionForm action={cancel} className="flex items-center gap-2">
						<FormMessage />
						<SubmitButton variant="secondary" size="sm">
							Cancel
						</SubmitButton>
					</ActionForm>
				)}
			</div>
			{isUnderWay && <Meter label="Judged of what is planned" value={planned === 0 ? 0 : ended / planned} />}
			{overBudget > 0 && <p className="text-xs text-warn">{formatCount(overBudget)} not judged: over budget.</p>}
			{failed > 0 && <p className="text-xs text-warn">{formatCount(failed)} could not be judged.</p>}
			{lastError !== null && <p className="text-xs wrap-anywhere text-fail">{lastError}</p>}
		</li>
	);
}

/** Everything may be found while evaluations are still under way, or were left out because of the budget. */
function stateOf({ status, open, overBudget }: BackfillProgress) {
	switch (status) {
		case "RUNNING":
			return STATES.finding;
		case "DONE":
			if (open > 0) return STATES.judging;
			return overBudget > 0 ? STATES.incomplete : STATES.done;
		case "CANCELLED":
			return STATES.cancelled;
		case "FAILED":
			return STATES.failed;
	}
}

function progressWords({ status, matched, planned, ended }: BackfillProgress): string {
	const found = `${formatCount(matched)} found${status === "RUNNING" ? " so far" : ""}`;
	return `${found}, ${formatCount(ended)} of ${formatCount(planned)} judged`;
}
