export const DAY_MS = 86_400_000;

/** Nanoseconds -> milliseconds, to the microsecond. */
export function nanosToMs(nanos: bigint): number {
	return Number(nanos / 1000n) / 1000;
}

export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal?.aborted) return resolve();
		const timer = setTimeout(done, ms);
		function done() {
			clearTimeout(timer);
			signal?.removeEventListener("abort", done);
			resolve();
		}
		signal?.addEventListener("abort", done, { once: true });
	});
}
