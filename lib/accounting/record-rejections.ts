import { scheduleFlush, writeRefusals } from "@/lib/accounting/flush-books";
import { groupReason, sampleText, senderText } from "@/lib/accounting/group-reason";
import { countRefusals, minuteOf, type RefusalKey, type Series } from "@/lib/accounting/ledger";

/** A span that was left out of a request, because it cannot be stored as it is. */
export interface RejectedSpan {
	/** Empty when its resource names no known project. */
	projectId: string;
	receivedAt: Date;
	reason: string;
	sender: string;
	/** Its ids as they were sent, empty when it has none. */
	sample: string;
}

/**
 * Writes rejected spans into the books and returns once the store has them, so that a rejection that a sender is told of is
 * one that everybody can look up. Throws `unavailable`; they are counted all the same then, and written when the store is
 * back.
 */
export async function recordRejections(rejections: readonly RejectedSpan[]): Promise<void> {
	const touched = new Set<Series<RefusalKey>>();
	for (const { projectId, receivedAt, reason, sender, sample } of rejections) {
		const minuteMs = minuteOf(receivedAt.getTime());
		const what = { level: "span", minuteMs, projectId, status: 0, signal: "traces" } as const;
		const key = { ...what, reason: groupReason(reason), sender: senderText(sender) };
		touched.add(countRefusals(key, 1, receivedAt.getTime(), [sampleText(sample)]));
	}
	scheduleFlush();
	await writeRefusals([...touched]);
}
