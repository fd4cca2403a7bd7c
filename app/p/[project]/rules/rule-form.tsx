import Link from "next/link";
import type { ReactNode } from "react";
import { ActionForm } from "@/app/_ui/action-form";
import type { FormAction } from "@/app/_ui/action-result";
import { buttonClass } from "@/app/_ui/button";
import { CheckboxField } from "@/app/_ui/checkbox-field";
import { ChoiceField } from "@/app/_ui/choice-field";
import { FormMessage } from "@/app/_ui/form-message";
import { SelectField } from "@/app/_ui/select-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextAreaField } from "@/app/_ui/text-area-field";
import { TextField } from "@/app/_ui/text-field";
import type { Connection } from "@/lib/connections/connection";
import type { Rule } from "@/lib/rules/rule";

interface Props {
	action: FormAction;
	/** Absent for a new rule. */
	rule?: Rule;
	connections: Connection[];
	/** Address of the list. */
	back: string;
}

/** The fields carry the names of RuleInput, so that its mistakes find them. */
export function RuleForm({ action, rule, connections, back }: Props) {
	return (
		<ActionForm action={action} aria-label="Rule" className="group flex max-w-2xl flex-col gap-8">
			<Part title="Which spans">
				<TextField
					name="name"
					label="Name"
					defaultValue={rule?.name}
					maxLength={200}
					placeholder="Answers are grounded"
				/>
				<ChoiceField
					name="matchType"
					legend="Match by"
					defaultValue={rule?.matchType ?? "SPAN_NAME"}
					choices={[
						{ value: "SPAN_NAME", label: "Span name", hint: "The name is exactly this" },
						{ value: "ATTRIBUTE", label: "Attribute", hint: "A span or resource attribute is exactly this" },
					]}
				/>
				<div className="grid gap-4 group-has-[[value=ATTRIBUTE]:checked]:sm:grid-cols-2">
					<TextField
						name="matchKey"
						label="Attribute"
						code
						defaultValue={rule?.matchKey ?? ""}
						placeholder="gen_ai.operation.name"
						className="hidden group-has-[[value=ATTRIBUTE]:checked]:flex"
					/>
					<TextField
						name="matchValue"
						label={
							<span>
								<span className="group-has-[[value=ATTRIBUTE]:checked]:hidden">Span name</span>
								<span className="hidden group-has-[[value=ATTRIBUTE]:checked]:inline">Value</span>
							</span>
						}
						code
						defaultValue={rule?.matchValue}
						hint="Compared as text, letter by letter: case counts. Spans without an output are not judged."
					/>
				</div>
			</Part>
			<Part title="How they are judged">
				<div className="grid gap-4 sm:grid-cols-2">
					<TextField
						name="evaluatorName"
						label="Evaluator"
						defaultValue={rule?.evaluatorName}
						placeholder="groundedness"
						hint="The name its scores carry."
					/>
					<SelectField
						name="connectionId"
						label="Connection"
						defaultValue={rule?.connectionId ?? connections[0]?.id}
						hint="The model that judges."
					>
						{connections.map((connection) => (
							<option key={connection.id} value={connection.id}>
								{connection.name} ({connection.model})
							</option>
						))}
					</SelectField>
				</div>
				<TextAreaField
					name="criteria"
					label="Criteria"
					defaultValue={rule?.criteria}
					placeholder="The answer uses only facts that the input contains, and says so when they do not suffice."
					hint="What makes an output good. The judge reads this with the span’s input and output."
				/>
				<div className="grid gap-4 sm:grid-cols-3">
					<TextField name="minScore" label="Lowest score" inputMode="decimal" defaultValue={rule?.minScore ?? 0} />
					<TextField name="maxScore" label="Highest score" inputMode="decimal" defaultValue={rule?.maxScore ?? 1} />
					<TextField
						name="threshold"
						label="Passes from"
						optional
						inputMode="decimal"
						defaultValue={rule ? (rule.threshold ?? "") : 0.5}
						hint="Left empty, every score passes."
					/>
				</div>
				<CheckboxField
					name="enabled"
					label="Enabled"
					defaultChecked={rule?.enabled ?? true}
					hint="Judges the spans that arrive from now on; earlier ones are left alone."
				/>
			</Part>
			<div className="flex flex-col gap-3">
				<FormMessage />
				<div className="flex gap-2">
					<SubmitButton>{rule ? "Save rule" : "Create rule"}</SubmitButton>
					<Link href={back} className={buttonClass()}>
						Cancel
					</Link>
				</div>
			</div>
		</ActionForm>
	);
}

function Part({ title, children }: { title: string; children: ReactNode }) {
	return (
		<section className="flex flex-col gap-4">
			<h2 className="border-b border-line pb-1 text-xs font-medium text-faint">{title}</h2>
			{children}
		</section>
	);
}
