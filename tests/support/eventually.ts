/** Repeats `check` until it no longer throws and returns what it found; throws its last error after `timeoutMs`. */
export async function eventually<Found>(
	check: () => Promise<Found> | Found,
	{ timeoutMs = 5000, intervalMs = 100 }: { timeoutMs?: number; intervalMs?: number } = {},
): Promise<Found> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		try {
			return await check();
		} catch (error) {
			if (Date.now() > deadline) throw error;
		}
		await new Promise((resolve) => setTimeout(resolve, intervalMs));
	}
}
