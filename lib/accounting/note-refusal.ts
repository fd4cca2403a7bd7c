import { scheduleFlush } from "@/lib/accounting/flush-books";
import { groupReason, senderText } from "@/lib/accounting/group-reason";
import { countRefusals, minuteOf } from "@/lib/accounting/ledger";

/** A request that was refused as a whole. */
export interface RefusedRequest {
	/** Of the HTTP answer. */
	status: number;
	reason: string;
	signal: "traces" | "logs" | "metrics";
	sender: string;
	at: Date;
}

/** Notes a refused request. In memory, where equal ones are counted together; written down about a second later. Never throws. */
export function noteRefusal({ status, reason, signal, sender, at }: RefusedRequest): void {
	const what = { level: "request", minuteMs: minuteOf(at.getTime()), projectId: "" } as const;
	const key = { ...what, status, signal, reason: groupReason(reason), sender: senderText(sender) };
	countRefusals(key, 1, at.getTime(), []);
	scheduleFlush();
}
