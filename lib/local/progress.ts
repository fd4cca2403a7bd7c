const SLOW_MS = 1500;

export interface Progress {
	/** Shows `doing` while `work` runs, then `done` with the seconds it took. */
	step<T>(doing: string, done: string, work: () => Promise<T>): Promise<T>;
	/** A line of its own, also in the middle of a step. */
	line(text: string): void;
}

/** Steps of the start for people: one line each, rewritten in place on a terminal, appended elsewhere. */
export function createProgress(out: { write(text: string): unknown; isTTY?: boolean }): Progress {
	const erase = "\r\x1b[2K";
	let pending = "";

	const line = (text: string) => out.write(pending ? `${erase}${text}\n${pending}` : `${text}\n`);

	async function step<T>(doing: string, done: string, work: () => Promise<T>): Promise<T> {
		const startedAt = Date.now();
		const announce = out.isTTY ? undefined : setTimeout(() => line(`  … ${doing}`), SLOW_MS);
		if (out.isTTY) {
			pending = `  … ${doing}`;
			out.write(pending);
		}
		const finish = (text: string) => {
			clearTimeout(announce);
			const start = pending ? erase : "";
			pending = "";
			out.write(`${start}${text}\n`);
		};
		try {
			const result = await work();
			finish(`  ✓ ${done} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
			return result;
		} catch (error) {
			finish(`  ✗ ${doing}`);
			throw error;
		}
	}

	return { step, line };
}
