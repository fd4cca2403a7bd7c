import { ChoiceField } from "@/app/_ui/choice-field";
import { TextField } from "@/app/_ui/text-field";
import { AssertionFields } from "@/app/p/[project]/rules/assertion-fields";
import { CodeFields } from "@/app/p/[project]/rules/code-fields";
import { ModelFields } from "@/app/p/[project]/rules/model-fields";
import type { RuleDraft } from "@/app/p/[project]/rules/rule-draft";
import type { Connection } from "@/lib/connections/connection";

interface Props {
	draft: RuleDraft;
	connections: Connection[];
	segment: string;
}

/** The kind of evaluator shows its fields by CSS alone; the others send what they hold, and nobody reads it. */
export function EvaluatorFields({ draft, connections, segment }: Props) {
	const { evaluator, connectionId } = draft;
	return (
		<>
			<TextField
				name="evaluatorName"
				label="Evaluator"
				defaultValue={draft.evaluatorName}
				placeholder="groundedness"
				hint="The name its scores carry."
			/>
			<ChoiceField
				name="evaluator.kind"
				legend="Judged by"
				defaultValue={evaluator.kind}
				className="[&>div]:sm:grid-cols-3"
				choices={[
					{ value: "llm_judge", label: "A model", hint: "Reads your criteria" },
					{ value: "assertion", label: "An assertion", hint: "Yes or no, for free" },
					{ value: "code", label: "Code", hint: "JavaScript, shut off from everything" },
				]}
			/>
			<div className="hidden flex-col gap-4 group-has-[[value=llm\_judge]:checked]:flex">
				<ModelFields
					evaluator={evaluator.kind === "llm_judge" ? evaluator : null}
					connectionId={connectionId}
					connections={connections}
					segment={segment}
				/>
			</div>
			<div className="hidden flex-col gap-4 group-has-[[value=assertion]:checked]:flex">
				<AssertionFields assertion={evaluator.kind === "assertion" ? evaluator.assertion : null} />
			</div>
			<div className="hidden flex-col gap-4 group-has-[[value=code]:checked]:flex">
				<CodeFields source={evaluator.kind === "code" ? evaluator.source : null} />
			</div>
			<div className="grid gap-4 group-has-[[value=assertion]:checked]:hidden sm:grid-cols-3">
				<TextField name="minScore" label="Lowest score" inputMode="decimal" defaultValue={draft.minScore} />
				<TextField name="maxScore" label="Highest score" inputMode="decimal" defaultValue={draft.maxScore} />
				<TextField
					name="threshold"
					label="Passes from"
					optional
					inputMode="decimal"
					defaultValue={draft.threshold ?? ""}
					hint="Left empty, every score passes."
				/>
			</div>
		</>
	);
}
