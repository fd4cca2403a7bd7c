import { z } from "zod";
import { RequiredText } from "@/lib/text";

/** What lets somebody outside ask for evaluations of a project; its secret is shown once, when it is made. */
export interface Trigger {
	id: string;
	projectId: string;
	name: string;
	/** Null: never. */
	lastUsedAt: Date | null;
	createdAt: Date;
}

export const TriggerInput = z.object({
	name: RequiredText.max(200, "must have at most 200 characters"),
});
export type TriggerInput = z.infer<typeof TriggerInput>;
