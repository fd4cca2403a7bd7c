import { ActionForm } from "@/app/_ui/action-form";
import type { FormAction } from "@/app/_ui/action-result";
import { CheckboxField } from "@/app/_ui/checkbox-field";
import { FormMessage } from "@/app/_ui/form-message";
import { SelectField } from "@/app/_ui/select-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { BACKFILL_PERIODS } from "@/app/p/[project]/rules/[ruleId]/parse-backfill";

export function BackfillForm({ action }: { action: FormAction }) {
	return (
		<ActionForm action={action} aria-label="Judge what is stored" className="group flex max-w-2xl flex-col gap-4">
			<div className="grid gap-4 sm:grid-cols-3">
				<SelectField name="period" label="Spans that started" defaultValue="7d">
					{BACKFILL_PERIODS.map(({ key, label }) => (
						<option key={key} value={key}>
							{label}
						</option>
					))}
					<option value="between">between two moments</option>
				</SelectField>
				<TextField
					name="from"
					label="From"
					type="datetime-local"
					hint="UTC"
					className="hidden group-has-[[value=between]:checked]:flex"
				/>
				<TextField
					name="to"
					label="And before"
					type="datetime-local"
					hint="UTC"
					className="hidden group-has-[[value=between]:checked]:flex"
				/>
			</div>
			<CheckboxField
				name="anew"
				label="Judge again what has a verdict"
				hint="The new verdicts take the place of the old ones, which stay to be read."
			/>
			<FormMessage />
			<div>
				<SubmitButton variant="secondary">Start judging</SubmitButton>
			</div>
		</ActionForm>
	);
}
