import { countDoors } from "@/lib/accounting/count-doors";
import { finishBrokenInserts } from "@/lib/accounting/finish-broken-inserts";
import { type DoorKey, ledger } from "@/lib/accounting/ledger";
import { forgetWhenSettled, turnAway } from "@/lib/accounting/turn-away";

/** The store may still write what it was given before its connection was cut; by now it has or never will. */
const LATE_MS = 5000;
/** After an outage the store first does what it was asked before. */
const RECOVERY_MS = 3000;
/** A block that is being stored just now is nobody's to finish. */
const UNDER_WAY_MS = 2000;
const DOORS_MAX = 2000;

/**
 * Finds out what became of spans whose senders were told to send them again. Inserts that were broken off half-way are finished
 * first; then those that the store has are arrivals like any
 * others, the rest counts as rejected. Throws `unavailable`.
 */
export async function settleUnsure({ closing = false }: { closing?: boolean } = {}): Promise<void> {
	const now = performance.now();
	if (!closing && now - ledger.failedAt < RECOVERY_MS) return;
	const due = [...ledger.doors.values()]
		.filter((door) => isDue(door, closing ? now : now - LATE_MS))
		.slice(0, DOORS_MAX);
	if (due.length === 0) return;
	const before = due.map(({ changedAt }) => changedAt);
	await finishBrokenInserts({
		since: new Date(Math.min(...due.map(({ receivedMs }) => receivedMs))),
		until: new Date(Date.now() - UNDER_WAY_MS),
	});
	const arrived = await countDoors(due);
	due.forEach((door, index) => {
		// Another request of the same millisecond came in meanwhile.
		if (door.open > 0 || door.changedAt !== before[index]) return;
		let absent = Math.max(0, door.opened - (arrived[index] ?? 0));
		for (const [reason, spans] of door.unsure) {
			const away = Math.min(absent, spans);
			if (away > 0) turnAway(door, reason, away);
			absent -= away;
		}
		door.unsure.clear();
		forgetWhenSettled(door);
	});
}

const isDue = (door: DoorKey, before: number): boolean =>
	door.open === 0 && door.unsure.size > 0 && door.changedAt <= before;
