import { isAppError } from "@/lib/errors";

/** What a promise brings; null when a store is away, for a part of a page whose rest is worth showing all the same. */
export async function orUnavailable<Value>(promise: Promise<Value>): Promise<Value | null> {
	try {
		return await promise;
	} catch (error) {
		if (isAppError(error) && error.code === "unavailable") return null;
		throw error;
	}
}
