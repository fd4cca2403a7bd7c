import Link from "next/link";
import { ActionForm } from "@/app/_ui/action-form";
import type { FormAction } from "@/app/_ui/action-result";
import { buttonClass } from "@/app/_ui/button";
import { CheckboxField } from "@/app/_ui/checkbox-field";
import { FormMessage } from "@/app/_ui/form-message";
import { SelectField } from "@/app/_ui/select-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import type { Alert } from "@/lib/alerts/alert";

const METRICS: [Alert["metric"], string][] = [
	["PASS_RATE", "Pass rate of scores"],
	["MEAN_SCORE", "Mean score, from 0 to 1"],
	["ERROR_RATIO", "Error ratio of traces"],
	["LATENCY_P95", "95th percentile of latency"],
	["COST", "Cost"],
];

const COMPARISONS: [Alert["comparison"], string][] = [
	["BELOW", "is below"],
	["ABOVE", "is above"],
	["RISES_BY", "rises by more than"],
	["FALLS_BY", "falls by more than"],
];

// Errors and latency are of all traces.
const UNLESS_OF_TRACES = "group-has-[[value^=ERROR]:checked]:hidden group-has-[[value^=LATENCY]:checked]:hidden";

interface Props {
	action: FormAction;
	/** Absent for a new alert. */
	alert?: Alert;
	rules: { id: string; name: string }[];
	/** Address of the list. */
	back: string;
}

/** The fields carry the names of AlertInput, so that its mistakes find them. */
export function AlertForm({ action, alert, rules, back }: Props) {
	return (
		<ActionForm action={action} aria-label="Alert" className="group flex max-w-2xl flex-col gap-4">
			<TextField name="name" label="Name" defaultValue={alert?.name} maxLength={200} placeholder="Answers get worse" />
			<div className="grid gap-4 sm:grid-cols-2">
				<SelectField name="metric" label="What is watched" defaultValue={alert?.metric ?? "PASS_RATE"}>
					{METRICS.map(([value, label]) => (
						<option key={value} value={value}>
							{label}
						</option>
					))}
				</SelectField>
				<SelectField
					name="ruleId"
					label="Of"
					defaultValue={alert?.ruleId ?? ""}
					hint="The cost of a rule is what its judging costs."
					className={UNLESS_OF_TRACES}
				>
					<option value="">The whole project</option>
					{rules.map((rule) => (
						<option key={rule.id} value={rule.id}>
							Rule {rule.name}
						</option>
					))}
				</SelectField>
			</div>
			<div className="grid gap-4 sm:grid-cols-2">
				<SelectField
					name="comparison"
					label="Fires when it"
					defaultValue={alert?.comparison ?? "BELOW"}
					hint="Rises and falls are against as many minutes before."
				>
					{COMPARISONS.map(([value, label]) => (
						<option key={value} value={value}>
							{label}
						</option>
					))}
				</SelectField>
				<TextField
					name="threshold"
					label="Threshold"
					inputMode="decimal"
					code
					defaultValue={alert?.threshold ?? 0.8}
					hint="Rates and scores: 0 to 1. Latency: milliseconds. Cost: US dollars. Rises and falls: a share, 0.2 is 20%."
				/>
			</div>
			<div className="grid gap-4 sm:grid-cols-2">
				<TextField
					name="windowMinutes"
					label="Over minutes"
					inputMode="numeric"
					code
					defaultValue={alert?.windowMinutes ?? 60}
					hint="Up to 10080, a week."
				/>
				<TextField
					name="minSamples"
					label="From samples"
					inputMode="numeric"
					code
					defaultValue={alert?.minSamples ?? 10}
					hint="Fewer scores, traces or calls say nothing: an alert that fires goes on firing."
				/>
			</div>
			<CheckboxField
				name="enabled"
				label="Enabled"
				defaultChecked={alert?.enabled ?? true}
				hint="Measured every minute."
			/>
			<FormMessage />
			<div className="flex gap-2">
				<SubmitButton>{alert ? "Save alert" : "Create alert"}</SubmitButton>
				<Link href={back} className={buttonClass()}>
					Cancel
				</Link>
			</div>
		</ActionForm>
	);
}
