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
	/** Calls under way at once, over all processes. */
	maxConcurrency: number;
	/** Null: as many as the provider takes. */
	requestsPerMinute: number | null;
	/** Set while no call can succeed; evaluations wait until a test of the connection passes. */
	blockedAt: Date | null;
	blockedReason: string | null;
	createdAt: Date;
}

const CONCURRENCY_MAX = 50;
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
	maxConcurrency: z
		.int("must be a whole number")
		.min(1, "must be between 1 and 50")
		.max(CONCURRENCY_MAX, "must be between 1 and 50")
		.optional(),
	// Null takes the limit away, absence keeps it.
	requestsPerMinute: z
		.int("must be a whole number")
		.min(1, "must be between 1 and 1,000,000")
		.max(1_000_000, "must be between 1 and 1,000,000")
		.nullish(),
});
export type ConnectionInput = z.infer<typeof ConnectionInput>;
