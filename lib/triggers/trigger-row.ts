import type { EvaluationTrigger as Row } from "@/lib/db/generated/client";
import type { Trigger } from "@/lib/triggers/trigger";

/** A stored trigger as people may see it. */
export function fromTriggerRow({ id, projectId, name, lastUsedAt, createdAt }: Row): Trigger {
	return { id, projectId, name, lastUsedAt, createdAt };
}
