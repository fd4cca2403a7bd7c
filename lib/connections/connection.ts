import { z } from "zod";
import { Protocol } from "@/lib/llm/model-endpoint";
import { RequiredText, Text } from "@/lib/text";

/** A model endpoint as people may see it: never key material. */
export interface Connection {
	id: string;
	name: string;
	baseUrl: string;
	model: string;
	protocol: Protocol;
	/** Name of the environment variable that holds the key, when that is how it is given. */
	credentialRef: string | null;
	hasInlineKey: boolean;
	createdAt: Date;
}

const credential = Text.nullish().transform((value) => value?.trim() || undefined);

/** Body of create and update; which credentials must be there differs, so the verbs decide that. */
export const ConnectionInput = z.object({
	name: RequiredText.max(200, "must have at most 200 characters"),
	// User info in a URL is a secret that every view would show, and fetch refuses it.
	baseUrl: RequiredText.refine(
		(value) => /^https?:\/\/[^/]/.test(value) && URL.canParse(value),
		"must be an http or https URL",
	).refine(
		(value) => !URL.canParse(value) || !(new URL(value).username || new URL(value).password),
		"must not hold a user name or password",
	),
	model: RequiredText,
	protocol: Protocol.nullish().transform((value) => value ?? undefined),
	apiKey: credential.refine(
		(value) => value === undefined || /^[\x21-\x7e]+$/.test(value),
		"must be one line of printable ASCII, for it travels in a header",
	),
	credentialRef: credential,
});
export type ConnectionInput = z.infer<typeof ConnectionInput>;
