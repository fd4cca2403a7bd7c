import Link from "next/link";
import type { ReactNode } from "react";
import { ActionForm } from "@/app/_ui/action-form";
import type { FormAction } from "@/app/_ui/action-result";
import { buttonClass } from "@/app/_ui/button";
import { FormMessage } from "@/app/_ui/form-message";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { AmountFields } from "@/app/p/[project]/rules/amount-fields";
import { EvaluatorFields } from "@/app/p/[project]/rules/evaluator-fields";
import { FormPart } from "@/app/p/[project]/rules/form-part";
import { MatchFields } from "@/app/p/[project]/rules/match-fields";
import { MomentFields } from "@/app/p/[project]/rules/moment-fields";
import type { RuleDraft } from "@/app/p/[project]/rules/rule-draft";
import type { Connection } from "@/lib/connections/connection";

interface Props {
	action: FormAction;
	submit: string;
	draft: RuleDraft;
	connections: Connection[];
	segment: string;
	/** Where cancelling leads. */
	back: string;
	/** What tries the rule out, beside the fields. */
	children: ReactNode;
}

/** The fields carry the names of RuleBody, so that its mistakes find them. */
export function RuleForm({ action, submit, draft, connections, segment, back, children }: Props) {
	return (
		<ActionForm
			action={action}
			aria-label="Rule"
			className="group grid items-start gap-8 max-w-6xl xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]"
		>
			<div className="flex min-w-0 max-w-2xl flex-col gap-8">
				<TextField
					name="name"
					label="Name"
					defaultValue={draft.name}
					maxLength={200}
					placeholder="Answers are grounded"
				/>
				<FormPart title="Which spans or traces">
					<MatchFields draft={draft} />
				</FormPart>
				<FormPart title="How they are judged">
					<EvaluatorFields draft={draft} connections={connections} segment={segment} />
				</FormPart>
				<FormPart title="How much">
					<AmountFields draft={draft} />
				</FormPart>
				<FormPart title="When it acts">
					<MomentFields draft={draft} />
				</FormPart>
			</div>
			<div className="min-w-0 max-w-2xl xl:sticky xl:top-5">{children}</div>
			<div className="flex max-w-2xl flex-col gap-3">
				<FormMessage />
				<div className="flex gap-2">
					<SubmitButton>{submit}</SubmitButton>
					<Link href={back} className={buttonClass()}>
						Cancel
					</Link>
				</div>
			</div>
		</ActionForm>
	);
}
