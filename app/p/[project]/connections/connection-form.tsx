import { ActionForm } from "@/app/_ui/action-form";
import { ChoiceField } from "@/app/_ui/choice-field";
import { FormMessage } from "@/app/_ui/form-message";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { createConnectionAction } from "@/app/p/[project]/connections/actions";

/** The fields carry the names of ConnectionInput, so that its mistakes find them. */
export function ConnectionForm() {
	return (
		<ActionForm
			action={createConnectionAction}
			aria-label="New connection"
			className="group flex max-w-2xl flex-col gap-4"
		>
			<div className="grid gap-4 sm:grid-cols-2">
				<TextField name="name" label="Name" maxLength={200} placeholder="judge" />
				<TextField name="model" label="Model" code placeholder="gpt-5-mini" />
			</div>
			<TextField
				name="baseUrl"
				label="Base URL"
				code
				inputMode="url"
				placeholder="https://api.openai.com/v1"
				hint="Any endpoint that speaks one of the two protocols, also one on this machine."
			/>
			<ChoiceField
				name="protocol"
				legend="Protocol"
				defaultValue="RESPONSES"
				choices={[
					{ value: "RESPONSES", label: "Responses", hint: "POST …/responses" },
					{ value: "CHAT_COMPLETIONS", label: "Chat completions", hint: "POST …/chat/completions" },
				]}
			/>
			<ChoiceField
				name="keyFrom"
				legend="API key"
				defaultValue="stored"
				choices={[
					{ value: "stored", label: "Store it here", hint: "Encrypted, never shown again" },
					{ value: "environment", label: "Environment variable", hint: "Read when the model is asked" },
				]}
			/>
			<TextField
				name="apiKey"
				label="Key"
				type="password"
				autoComplete="new-password"
				code
				className="group-has-[[value=environment]:checked]:hidden"
			/>
			<TextField
				name="credentialRef"
				label="Name of the variable"
				code
				placeholder="OPENAI_API_KEY"
				className="hidden group-has-[[value=environment]:checked]:flex"
			/>
			<div className="grid gap-4 sm:grid-cols-2">
				<TextField
					name="maxConcurrency"
					label="Calls at once"
					optional
					inputMode="numeric"
					placeholder="5"
					hint="Over all processes, from 1 to 50."
				/>
				<TextField
					name="requestsPerMinute"
					label="Calls a minute"
					optional
					inputMode="numeric"
					hint="Left empty, as many as the provider takes."
				/>
			</div>
			<FormMessage />
			<div>
				<SubmitButton>Add connection</SubmitButton>
			</div>
		</ActionForm>
	);
}
