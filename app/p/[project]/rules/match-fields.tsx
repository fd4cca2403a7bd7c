import { ChoiceField } from "@/app/_ui/choice-field";
import { FilterField } from "@/app/p/[project]/filter-field";
import type { RuleDraft } from "@/app/p/[project]/rules/rule-draft";

export function MatchFields({ draft }: { draft: RuleDraft }) {
	return (
		<>
			<FilterField
				name="filter"
				label="Filter"
				defaultValue={draft.filter}
				placeholder='name = "chat"'
				hint={
					<>
						For example <Example>name = "chat"</Example> or{" "}
						<Example>attribute.gen_ai.operation.name = "chat" and cost &gt; 0.01</Example>. Left empty, everything fits.
						The arrow keys choose what is offered, Enter takes it.
					</>
				}
			/>
			<ChoiceField
				name="target"
				legend="What is judged"
				defaultValue={draft.target}
				choices={[
					{ value: "SPAN", label: "Each span", hint: "Every span that fits and has an output" },
					{
						value: "TRACE",
						label: "The whole trace",
						hint: "Once, when one of its spans fits and it has become quiet",
					},
				]}
			/>
		</>
	);
}

function Example({ children }: { children: string | string[] }) {
	return <code className="font-mono break-words text-muted">{children}</code>;
}
