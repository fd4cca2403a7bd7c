/** Work of one turn of the event loop, beyond which the rest waits for the next one. */
const SLICE_MS = 4;

const waiting: (() => void)[] = [];
let spentMs = 0;
let scheduled = false;

/**
 * Runs synchronous work, first come first served, a few milliseconds a turn of the event loop. Bodies that are complete at
 * the same moment would otherwise be decoded one after the other before a socket or a timer gets its turn, and with them the
 * inserts of those that came before.
 */
export function inTurn<Result>(work: () => Result): Promise<Result> {
	return new Promise((resolve, reject) => {
		const run = () => {
			const startedAt = performance.now();
			try {
				resolve(work());
			} catch (error) {
				reject(error);
			}
			spentMs += performance.now() - startedAt;
		};
		if (waiting.length === 0 && spentMs < SLICE_MS) run();
		else waiting.push(run);
		schedule();
	});
}

function schedule(): void {
	if (scheduled) return;
	scheduled = true;
	setImmediate(nextSlice);
}

function nextSlice(): void {
	scheduled = false;
	spentMs = 0;
	while (spentMs < SLICE_MS) {
		const run = waiting.shift();
		if (!run) return;
		run();
	}
	schedule();
}
