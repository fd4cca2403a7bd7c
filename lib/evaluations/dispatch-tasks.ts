import { createHash } from "node:crypto";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { blockPendingTasks } from "@/lib/evaluations/block-connection";

const LOCAL_LANES = 4;
// Announced and not ended, for each call that may be under way: enough that few looks are needed, few enough that what is
// more important does not wait long.
const AHEAD = 8;
// Where calls are limited by the minute, what could not be asked so soon is not announced yet.
const HORIZON_MS = 5000;
const MINUTE_MS = 60_000;
// A task announced this long ago and still pending counts as never announced.
const LATE_MS = 10 * 60_000;

/** Tasks to be announced together. */
export interface Dispatch {
	/** Unlike that of any other announcement. */
	id: string;
	taskIds: string[];
	connectionId: string | null;
	/** Announcements of a lane are worked on one after the other; a connection has as many lanes as calls at once. */
	lane: string;
}

export interface DueTasks {
	dispatches: Dispatch[];
	/** When to look again: the earliest moment at which another task need not wait any more; null when none does. */
	nextAt: Date | null;
}

const NONE: DueTasks = { dispatches: [], nextAt: null };

/**
 * Pending tasks of a connection (null: those that ask no model) that nobody was told of and that need not wait: the
 * highest priority first, then the oldest. Only so many that a few wait for each call under way, so that the rest can still
 * be overtaken and costs nothing until then. None while the connection is blocked: its tasks become BLOCKED.
 */
export async function listDueTasks(connectionId: string | null, now: Date = new Date()): Promise<DueTasks> {
	const connection = connectionId
		? await withDatabase(() => db().connection.findUnique({ where: { id: connectionId } }))
		: null;
	if (connectionId && connection?.blockedAt) {
		await blockPendingTasks(connectionId);
		return NONE;
	}
	const lanes = connection?.maxConcurrency ?? LOCAL_LANES;
	const lateBefore = new Date(now.getTime() - LATE_MS);
	const [claimed, announced] = await withDatabase(() =>
		Promise.all([
			db().evaluationTask.count({ where: { connectionId, status: "CLAIMED" } }),
			db().evaluationTask.count({ where: { connectionId, status: "PENDING", dispatchedAt: { gte: lateBefore } } }),
		]),
	);
	const ahead = lanes * AHEAD;
	// Refilled by halves: whoever ends looks, and most find nothing to do.
	if (!connection?.requestsPerMinute && claimed + announced > ahead / 2) return NONE;
	// What is claimed has had its turn.
	const room = Math.min(ahead - claimed - announced, turnsAhead(connection, now) - announced);
	const waiting = { connectionId, status: "PENDING" as const };
	const rows =
		room > 0
			? await withDatabase(() =>
					db().evaluationTask.findMany({
						where: {
							...waiting,
							AND: [
								{ OR: [{ dispatchedAt: null }, { dispatchedAt: { lt: lateBefore } }] },
								{ OR: [{ notBefore: null }, { notBefore: { lte: now } }] },
							],
						},
						select: { id: true, dispatch: true, attempts: true, notBefore: true },
						orderBy: [{ priority: "desc" }, { id: "asc" }],
						take: room,
					}),
				)
			: [];
	const next = await withDatabase(() =>
		db().evaluationTask.findFirst({
			where: { ...waiting, notBefore: { gt: now } },
			select: { notBefore: true },
			orderBy: { notBefore: "asc" },
		}),
	);
	const moments = [next?.notBefore, room <= 0 ? turnMoment(connection, now) : null].filter((moment) => moment != null);
	return {
		dispatches: inLanes(rows, connectionId, lanes),
		nextAt: moments.length > 0 ? new Date(Math.min(...moments.map((moment) => moment.getTime()))) : null,
	};
}

interface Limited {
	requestsPerMinute: number | null;
	nextCallAt: Date | null;
}

function turnsAhead(connection: Limited | null, now: Date): number {
	if (!connection?.requestsPerMinute) return Number.POSITIVE_INFINITY;
	const freeMs = now.getTime() + HORIZON_MS - Math.max(now.getTime(), connection.nextCallAt?.getTime() ?? 0);
	return Math.ceil((freeMs * connection.requestsPerMinute) / MINUTE_MS);
}

function turnMoment(connection: Limited | null, now: Date): Date | null {
	if (!connection?.requestsPerMinute || !connection.nextCallAt) return null;
	const moment = new Date(connection.nextCallAt.getTime() - HORIZON_MS / 2);
	return moment > now ? moment : null;
}

interface Due {
	id: string;
	dispatch: number;
	attempts: number;
	notBefore: Date | null;
}

// The same announcement again, after a crash, starts nothing twice; one after an attempt or a wait must not look the same, also
// when whoever made the last one has not noted it yet.
function announcement({ id, dispatch, attempts, notBefore }: Due): string {
	return `${id}:${dispatch}:${attempts}:${notBefore?.getTime() ?? ""}`;
}

// Dealt out one by one, so that what is most important is first in its lane; where the deal begins is left to chance, for
// lanes that still have work are not known here.
function inLanes(rows: readonly Due[], connectionId: string | null, lanes: number): Dispatch[] {
	const first = rows[0] ? Number.parseInt(rows[0].id.slice(-6), 16) : 0;
	return Array.from({ length: Math.min(lanes, rows.length) }, (_, lane) => {
		const own = rows.filter((_row, index) => index % lanes === lane);
		const announced = own.map(announcement).join(" ");
		return {
			id: createHash("sha256").update(announced).digest("hex").slice(0, 32),
			taskIds: own.map(({ id }) => id),
			connectionId,
			lane: `${connectionId ?? "local"}:${(first + lane) % lanes}`,
		};
	});
}

/** Notes that tasks were announced. One that its run has put off meanwhile counts as not announced again. */
export async function markDispatched(taskIds: string[], now: Date = new Date()): Promise<void> {
	const moment = now.toISOString();
	await withDatabase(
		() => db().$executeRaw`
			UPDATE evaluation_tasks
			SET dispatch = dispatch + 1, dispatched_at = CASE
				WHEN status = 'PENDING' AND (not_before IS NULL OR not_before <= ${moment}::timestamptz) THEN ${moment}::timestamptz
				ELSE dispatched_at END
			WHERE id = ANY(${taskIds}::uuid[])`,
	);
}

/** Takes back what was announced but not begun, to be announced anew. */
export async function unmarkDispatched(taskIds: string[]): Promise<void> {
	await withDatabase(() =>
		db().evaluationTask.updateMany({
			where: { id: { in: taskIds }, status: "PENDING" },
			data: { dispatchedAt: null },
		}),
	);
}

/** Everything that tasks may wait for: the connections, and null for those that ask no model. */
export async function listQueues(): Promise<(string | null)[]> {
	const connections = await withDatabase(() => db().connection.findMany({ select: { id: true } }));
	return [null, ...connections.map(({ id }) => id)];
}
