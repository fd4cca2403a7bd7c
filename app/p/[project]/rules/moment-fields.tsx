import { CheckboxField } from "@/app/_ui/checkbox-field";
import { TextField } from "@/app/_ui/text-field";
import type { RuleDraft } from "@/app/p/[project]/rules/rule-draft";

/** From when on the rule judges, and when a trace counts as whole. */
export function MomentFields({ draft }: { draft: RuleDraft }) {
	return (
		<>
			<div className="hidden gap-4 group-has-[[value=TRACE]:checked]:grid sm:grid-cols-2">
				<TextField
					name="settleSeconds"
					label="Seconds of quiet"
					inputMode="numeric"
					defaultValue={draft.settleSeconds}
					hint="A trace is judged when its root has come and nothing more came for so long."
				/>
				<TextField
					name="settleSecondsMax"
					label="Seconds at most"
					inputMode="numeric"
					defaultValue={draft.settleSecondsMax}
					hint="So long after its first span it is judged as it is."
				/>
			</div>
			<CheckboxField
				name="enabled"
				label="Enabled"
				defaultChecked={draft.enabled}
				hint="Judges what arrives from now on; what is stored already is left alone until you ask for it on the rule's page."
			/>
		</>
	);
}
