import { TextField } from "@/app/_ui/text-field";
import type { RuleDraft } from "@/app/p/[project]/rules/rule-draft";

/** How much of what fits is judged, and what it may cost. */
export function AmountFields({ draft }: { draft: RuleDraft }) {
	return (
		<div className="grid gap-4 sm:grid-cols-2">
			<TextField
				name="sampleRate"
				label="Share in percent"
				inputMode="decimal"
				defaultValue={Number((draft.sampleRate * 100).toPrecision(12))}
				hint="Chosen by the trace's id: a larger share holds every trace of a smaller one."
			/>
			<TextField
				name="priority"
				label="Priority"
				inputMode="numeric"
				defaultValue={draft.priority}
				hint="From -100 to 100. Of what waits for the same model, the higher goes first."
			/>
			<TextField
				name="dailyBudgetUsd"
				label="US dollars a day"
				optional
				inputMode="decimal"
				defaultValue={draft.dailyBudgetUsd ?? ""}
				hint="A day is one of UTC. Beyond the budget, spans are noted as over budget."
			/>
			<TextField
				name="dailyBudgetCount"
				label="Evaluations a day"
				optional
				inputMode="numeric"
				defaultValue={draft.dailyBudgetCount ?? ""}
				hint="Left empty, there is no limit."
			/>
		</div>
	);
}
