import { isAppError } from "@/lib/errors";

/** What a store answers, or null while it is away: unlike a rejection, that can wait until somebody looks. */
export async function orAway<T extends object>(asked: Promise<T>): Promise<T | null> {
	try {
		return await asked;
	} catch (error) {
		if (isAppError(error) && error.code === "unavailable") return null;
		throw error;
	}
}
