import { z } from "zod";
import type { Secret } from "@/lib/crypto/secret-box";

/** How a model is asked: OpenAI's Responses or Chat Completions, as many other providers speak them too. */
export const Protocol = z.enum(["RESPONSES", "CHAT_COMPLETIONS"]);
export type Protocol = z.infer<typeof Protocol>;

/** Everything a call to a model needs. */
export interface ModelEndpoint {
	/** Without a trailing slash. */
	baseUrl: string;
	model: string;
	protocol: Protocol;
	key: Secret;
}
