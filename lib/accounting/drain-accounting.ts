import { flushBooks, hasWork } from "@/lib/accounting/flush-books";
import { ledger } from "@/lib/accounting/ledger";

/**
 * Writes down everything that is still in memory, for a process that ends. Gives up when the store does not take it: what a
 * sender was told is in the books already. Never throws.
 */
export async function drainAccounting(): Promise<void> {
	clearTimeout(ledger.timer);
	ledger.timer = undefined;
	await ledger.flushing;
	if (hasWork()) await flushBooks({ closing: true });
}
