import { z } from "zod";
import { RequiredText, Text } from "@/lib/text";

/** Where a project's alerts are told, as people may see it: never the secret. */
export interface AlertWebhook {
	id: string;
	projectId: string;
	url: string;
	hasSecret: boolean;
	enabled: boolean;
	createdAt: Date;
}

/** Body of create and update, as in Dokimos; a blank secret is one that was not given. */
export const AlertWebhookInput = z.object({
	url: RequiredText.max(2000, "must have at most 2000 characters")
		.refine((value) => /^https?:\/\/[^/]/i.test(value) && URL.canParse(value), "must be an http or https URL")
		// User info would be shown with the URL, and no outbound call may have it.
		.refine(
			(value) => !URL.canParse(value) || !(new URL(value).username || new URL(value).password),
			"must not hold a user name or password",
		),
	secret: Text.max(500, "must have at most 500 characters")
		.nullish()
		.transform((value) => value?.trim() || undefined),
	enabled: z
		.boolean()
		.nullish()
		.transform((value) => value ?? true),
});
export type AlertWebhookInput = z.infer<typeof AlertWebhookInput>;
