import { CheckboxField } from "@/app/_ui/checkbox-field";
import { SelectField } from "@/app/_ui/select-field";
import { TextAreaField } from "@/app/_ui/text-area-field";
import { TextField } from "@/app/_ui/text-field";
import type { Evaluator } from "@/lib/rules/evaluator";

type Assertion = Extract<Evaluator, { kind: "assertion" }>["assertion"];

const TYPES: Record<Assertion["type"], string> = {
	contains: "contains a text",
	not_contains: "does not contain a text",
	equals: "is exactly a text",
	matches_regex: "matches a pattern",
	max_length: "is no longer than",
	is_json: "is JSON",
	matches_schema: "is JSON that fits a schema",
};

/** What each type asks for shows by CSS alone. */
export function AssertionFields({ assertion }: { assertion: Assertion | null }) {
	const value = assertion && "value" in assertion ? assertion.value : null;
	return (
		<>
			<SelectField
				name="evaluator.assertion.type"
				label="The output"
				defaultValue={assertion?.type ?? "contains"}
				hint="The highest score when that is so, else the lowest; nobody is asked and it costs nothing."
			>
				{Object.entries(TYPES).map(([type, words]) => (
					<option key={type} value={type}>
						{words}
					</option>
				))}
			</SelectField>
			<div className="hidden flex-col gap-4 group-has-[[value=contains]:checked]:flex group-has-[[value=equals]:checked]:flex group-has-[[value=not\_contains]:checked]:flex">
				<TextField
					name="evaluator.assertion.value"
					label="Text"
					code
					defaultValue={typeof value === "string" ? value : ""}
				/>
				<CheckboxField
					name="evaluator.assertion.ignoreCase"
					label="Upper or lower case does not matter"
					defaultChecked={assertion !== null && "ignoreCase" in assertion && assertion.ignoreCase}
				/>
				<div className="hidden group-has-[[value=equals]:checked]:block">
					<CheckboxField
						name="evaluator.assertion.trim"
						label="Blanks around it do not matter"
						defaultChecked={assertion?.type === "equals" ? assertion.trim : true}
					/>
				</div>
			</div>
			<div className="hidden gap-4 group-has-[[value=matches\_regex]:checked]:grid sm:grid-cols-[minmax(0,1fr)_6rem]">
				<TextField
					name="evaluator.assertion.pattern"
					label="Pattern"
					code
					placeholder="^(yes|no)$"
					defaultValue={assertion?.type === "matches_regex" ? assertion.pattern : ""}
				/>
				<TextField
					name="evaluator.assertion.flags"
					label="Flags"
					optional
					code
					placeholder="i"
					defaultValue={assertion?.type === "matches_regex" ? assertion.flags : ""}
				/>
			</div>
			<TextField
				name="evaluator.assertion.length"
				label="Characters at most"
				inputMode="numeric"
				defaultValue={typeof value === "number" ? value : ""}
				placeholder="1500"
				className="hidden group-has-[[value=max\_length]:checked]:flex"
			/>
			<TextAreaField
				name="evaluator.assertion.schema"
				label="JSON Schema"
				code
				rows={8}
				placeholder={'{ "type": "object", "required": ["answer"] }'}
				defaultValue={assertion?.type === "matches_schema" ? JSON.stringify(assertion.schema, null, 2) : ""}
				className="hidden group-has-[[value=matches\_schema]:checked]:flex"
			/>
		</>
	);
}
