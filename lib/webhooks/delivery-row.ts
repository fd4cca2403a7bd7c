import type { WebhookDelivery as Row } from "@/lib/db/generated/client";
import type { Delivery } from "@/lib/webhooks/delivery";

/** A stored delivery without what only its runs need. */
export function fromDeliveryRow(row: Row): Delivery {
	const { id, webhookId, projectId, event, body, status, attempts, notBefore } = row;
	const { answerStatus, answerText, lastError, durationMs, createdAt, completedAt } = row;
	return {
		id,
		webhookId,
		projectId,
		event,
		body,
		status,
		attempts,
		notBefore,
		answerStatus,
		answerText,
		lastError,
		durationMs,
		createdAt,
		completedAt,
	};
}
