import { scheduleFlush } from "@/lib/accounting/flush-books";
import { groupReason } from "@/lib/accounting/group-reason";
import { countAcknowledged, type DoorKey, ledger } from "@/lib/accounting/ledger";
import { forgetWhenSettled, turnAway } from "@/lib/accounting/turn-away";

/** Spans that were taken in; their end is told once, whatever is told later. */
export interface OpenArrivals {
	/** The store has the rows. */
	acknowledge(): void;
	/** The sender is told to send them again; the store may have them nevertheless, which is found out later. */
	abandon(reason: string): void;
}

/** Beyond this nobody looks whether the store has what a sender was told to repeat. */
const UNSURE_MAX = 10_000;

/**
 * Notes that spans are in flight, by project (the empty id: none), until they are acknowledged or abandoned. `receivedAt`
 * must be what their rows say as `received_at`, to the millisecond. Memory only; never throws.
 */
export function openArrivals(spansByProject: ReadonlyMap<string, number>, receivedAt: Date): OpenArrivals {
	const receivedMs = receivedAt.getTime();
	const taken: [DoorKey, number][] = [];
	for (const [projectId, spans] of spansByProject) {
		if (spans <= 0) continue;
		const door = doorOf(projectId, receivedMs);
		door.opened += spans;
		door.open += spans;
		taken.push([door, spans]);
	}
	let ended = taken.length === 0;
	const end = (settle: (door: DoorKey, spans: number) => void) => {
		if (ended) return;
		ended = true;
		for (const [door, spans] of taken) {
			door.open -= spans;
			settle(door, spans);
			forgetWhenSettled(door);
		}
		scheduleFlush();
	};
	if (!ended) scheduleFlush();
	return {
		acknowledge: () => end((door, spans) => countAcknowledged(door.projectId, receivedMs, spans)),
		abandon: (reason) => end((door, spans) => noteUnsure(door, groupReason(reason), spans)),
	};
}

function doorOf(projectId: string, receivedMs: number): DoorKey {
	const id = `${receivedMs} ${projectId}`;
	const open = ledger.doors.get(id);
	if (open) return open;
	const settled = ledger.settled.get(id);
	const door = settled ?? { projectId, receivedMs, opened: 0, open: 0, unsure: new Map(), changedAt: 0 };
	door.changedAt = performance.now();
	ledger.settled.delete(id);
	ledger.doors.set(id, door);
	return door;
}

function noteUnsure(door: DoorKey, reason: string, spans: number): void {
	if (door.unsure.size === 0 && ledger.doors.size > UNSURE_MAX) {
		turnAway(door, reason, spans);
		return;
	}
	door.unsure.set(reason, (door.unsure.get(reason) ?? 0) + spans);
	door.changedAt = performance.now();
}
