import { isStoreDown } from "@/lib/db/prisma-errors";
import { AppError } from "@/lib/errors";

/** Runs a database call; a store that cannot be reached becomes `unavailable`, everything else passes through. */
export async function withDatabase<Value>(call: () => Promise<Value>): Promise<Value> {
	try {
		return await call();
	} catch (error) {
		if (!isStoreDown(error)) throw error;
		throw new AppError("unavailable", "The configuration store (Postgres) cannot be reached right now", {
			cause: error,
			retryAfterMs: 2000,
		});
	}
}
