import { isAppError } from "@/lib/errors";
import { sleep } from "@/lib/time";

const TRIES = 5;
const PAUSE_MS = 200;

/** Writes what was paid for: a store that is away for a moment is tried again here, for asking the judge again would cost again. */
export async function writeAgain<Value>(write: () => Promise<Value>): Promise<Value> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await write();
		} catch (error) {
			if (attempt === TRIES || !isAppError(error) || !error.retryable) throw error;
			await sleep(PAUSE_MS * 2 ** attempt);
		}
	}
}
