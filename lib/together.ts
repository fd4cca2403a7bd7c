/** Keys that wait for one look-up, and what it will find. */
interface Batch<Key, Value> {
	keys: Set<Key>;
	found: Promise<ReadonlyMap<Key, Value>>;
	start(): void;
}

/**
 * Makes one look-up of many concurrent ones: keys asked for while a call of `lookUp` runs share the next call. A call starts
 * after it was asked for, so what was true at that moment is seen. The map may hold the keys of others too; when `lookUp`
 * fails, everybody who waited for it is told.
 */
export function together<Key, Value>(
	lookUp: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
): (keys: Iterable<Key>) => Promise<ReadonlyMap<Key, Value>> {
	let next: Batch<Key, Value> | undefined;
	let running = false;

	const run = () => {
		const batch = next;
		if (!batch || running) return;
		next = undefined;
		running = true;
		batch.start();
	};
	const newBatch = (): Batch<Key, Value> => {
		const keys = new Set<Key>();
		let start = () => {};
		const started = new Promise<void>((resolve) => {
			start = resolve;
		});
		const found = started
			.then(() => lookUp([...keys]))
			.finally(() => {
				running = false;
				run();
			});
		// What ran in this turn of the event loop may ask as well.
		if (!running) setImmediate(run);
		return { keys, found, start };
	};
	return (keys) => {
		next ??= newBatch();
		for (const key of keys) next.keys.add(key);
		return next.found;
	};
}
