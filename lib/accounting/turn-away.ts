import { countRefusals, type DoorKey, ledger, minuteOf } from "@/lib/accounting/ledger";

/** Spans settled this long ago no longer share a millisecond with ones that come in now. */
const REMEMBERED_MS = 10_000;
const REMEMBERED_MAX = 20_000;

/** Counts spans of a door as rejected: their sender was told to send them again, and the store does not have them. */
export function turnAway(door: DoorKey, reason: string, spans: number): void {
	door.opened -= spans;
	const minuteMs = minuteOf(door.receivedMs);
	const what = { level: "span", minuteMs, projectId: door.projectId, status: 503, signal: "traces" } as const;
	countRefusals({ ...what, reason, sender: "" }, spans, door.receivedMs, []);
}

/** Moves a door whose spans all have an end to the settled ones, and forgets the oldest of those. */
export function forgetWhenSettled(door: DoorKey): void {
	if (door.open > 0 || door.unsure.size > 0) return;
	const id = `${door.receivedMs} ${door.projectId}`;
	const now = performance.now();
	door.changedAt = now;
	ledger.doors.delete(id);
	ledger.settled.set(id, door);
	for (const [oldest, { changedAt }] of ledger.settled) {
		if (now - changedAt < REMEMBERED_MS && ledger.settled.size <= REMEMBERED_MAX) break;
		ledger.settled.delete(oldest);
	}
}
