import { sleep } from "@/lib/time";

/** What streams needs JavaScript: only what takes longer than this does. */
const EARLY_MS = 250;

/** What a promise brings when it is quick, else the promise itself. */
export async function earlyOr<Value>(promise: Promise<Value>): Promise<{ value: Value } | { value: Promise<Value> }> {
	const early = await Promise.race([promise.then((value) => ({ value })), sleep(EARLY_MS).then(() => null)]);
	return early ?? { value: promise };
}
