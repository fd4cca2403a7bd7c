import { Plug } from "lucide-react";
import Link from "next/link";
import { CONTINUATION, Fold } from "@/app/_ui/fold";
import { SelectField } from "@/app/_ui/select-field";
import { TextAreaField } from "@/app/_ui/text-area-field";
import { TemplateVariables } from "@/app/p/[project]/rules/template-variables";
import type { Connection } from "@/lib/connections/connection";
import type { Evaluator } from "@/lib/rules/evaluator";

interface Props {
	/** Null when the rule is judged otherwise. */
	evaluator: Extract<Evaluator, { kind: "llm_judge" }> | null;
	connectionId: string | null;
	connections: Connection[];
	segment: string;
}

export function ModelFields({ evaluator, connectionId, connections, segment }: Props) {
	const template = evaluator?.template ?? null;
	const first = connections.find(({ blockedAt }) => blockedAt === null) ?? connections[0];
	return (
		<>
			{connections.length > 0 ? (
				<SelectField
					name="connectionId"
					label="Connection"
					defaultValue={connectionId ?? first?.id}
					hint="The model that judges."
				>
					{connections.map(({ id, name, model, blockedAt }) => (
						<option key={id} value={id}>
							{`${name} (${model})${blockedAt === null ? "" : ", blocked"}`}
						</option>
					))}
				</SelectField>
			) : (
				<p className="flex items-start gap-2 rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
					<Plug aria-hidden className="mt-0.5 size-4 shrink-0" />
					<span>
						A model needs a connection, and there is none yet.{" "}
						<Link href={`/p/${segment}/connections`} className="font-medium underline">
							Add a connection
						</Link>{" "}
						first; every project can use it. An assertion or code needs none.
					</span>
				</p>
			)}
			<TextAreaField
				name="evaluator.criteria"
				label="Criteria"
				defaultValue={evaluator?.criteria}
				rows={7}
				placeholder="The answer uses only facts that the input contains, and says so when they do not suffice."
				hint="What makes an output good, best with what each score means."
			/>
			<Fold
				open={template !== null}
				summaryClassName={`inline-flex rounded ${CONTINUATION}`}
				summary="Write the whole prompt yourself"
			>
				<div className="mt-2 flex flex-col gap-2">
					<TextAreaField
						name="evaluator.template"
						label="Prompt template"
						optional
						code
						rows={8}
						defaultValue={template ?? ""}
						placeholder={"{{criteria}}\n\nQuestion: {{input}}\nAnswer: {{output}}"}
						hint="Left empty, the model gets the criteria with the input and output. How to answer is added by us in either case."
					/>
					<TemplateVariables />
				</div>
			</Fold>
		</>
	);
}
