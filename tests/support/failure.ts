import { type AppError, isAppError } from "@/lib/errors";

/** The AppError that `run` throws or rejects with; anything else fails the test. */
export async function failure(run: () => unknown): Promise<AppError> {
	try {
		await run();
	} catch (error) {
		if (isAppError(error)) return error;
		throw error;
	}
	throw new Error("expected a failure, but it succeeded");
}

/** The AppError that `run` throws at once. */
export function thrown(run: () => unknown): AppError {
	try {
		run();
	} catch (error) {
		if (isAppError(error)) return error;
		throw error;
	}
	throw new Error("expected a failure, but it succeeded");
}
