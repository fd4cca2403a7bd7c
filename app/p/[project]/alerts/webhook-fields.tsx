import { TextField } from "@/app/_ui/text-field";
import type { AlertWebhook } from "@/lib/webhooks/alert-webhook";

/** The fields carry the names of AlertWebhookInput, so that its mistakes find them. */
export function WebhookFields({ webhook }: { webhook?: AlertWebhook }) {
	return (
		<>
			<TextField
				name="url"
				label="URL"
				code
				inputMode="url"
				maxLength={2000}
				defaultValue={webhook?.url}
				placeholder="https://hooks.example.com/spanwise"
				hint="Gets a POST with JSON. Its text field is what Slack and Mattermost show."
			/>
			<TextField
				name="secret"
				label="Secret"
				optional
				type="password"
				autoComplete="new-password"
				code
				maxLength={500}
				hint={
					webhook?.hasSecret
						? "Left empty, the stored one stays."
						: "Signs what is sent, so that the receiver can tell that it comes from here."
				}
			/>
		</>
	);
}
