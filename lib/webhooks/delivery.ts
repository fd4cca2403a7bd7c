/** Event of a message that only tries a webhook out; every other one names what happened. */
export const TEST_EVENT = "test";

/** One message to one webhook, and how it went, as people may see it. */
export interface Delivery {
	id: string;
	webhookId: string;
	projectId: string;
	event: string;
	/** The JSON that is sent, byte by byte. */
	body: string;
	status: "PENDING" | "DELIVERED" | "FAILED";
	attempts: number;
	/** When a pending one is tried again; null: at once. */
	notBefore: Date | null;
	/** HTTP status of the last attempt; null when there was no answer. */
	answerStatus: number | null;
	/** The beginning of that answer, at most 500 characters. */
	answerText: string | null;
	lastError: string | null;
	/** Of the last attempt. */
	durationMs: number | null;
	createdAt: Date;
	completedAt: Date | null;
}
