import { RetryAfterError } from "inngest";
import { isAppError } from "@/lib/errors";

const PAUSE_MS = 2000;

/** Runs `work`; a store that is away for a moment is asked again soon, not on the long schedule of real failures. */
export async function retrySoon<Value>(work: () => Promise<Value>): Promise<Value> {
	try {
		return await work();
	} catch (error) {
		if (!isAppError(error) || !error.retryable) throw error;
		throw new RetryAfterError(error.publicMessage, new Date(Date.now() + (error.retryAfterMs ?? PAUSE_MS)));
	}
}
