import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { blockPendingTasks } from "@/lib/evaluations/block-connection";

const LOCAL_LANES = 4;
// Announced and not ended, for each call that may be under way: enough that no lane runs dry between two looks.
const AHEAD = 4;
// Where calls are limited by the minute, what could not be asked so soon is not announced yet.
const HORIZON_MS = 5000;
const MINUTE_MS = 60_000;
// A task announced this long ago and still pending counts as never announced.
const LATE_MS = 10 * 60_000;

export interface Dispatch {
	taskId: string;
	projectId: string;
	connectionId: string | null;
	/** Tasks of a lane run one after the other; a connection has as many lanes as it allows calls at once. */
	lane: string;
	/** Counts how often the task was announced: makes the announcement's id unique. */
	dispatch: number;
}

export interface DueTasks {
	tasks: Dispatch[];
	/** When to look again: the earliest moment at which another task need not wait any more; null when none does. */
	nextAt: Date | null;
}

const NONE: DueTasks = { tasks: [], nextAt: null };

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
	const underWay = await withDatabase(() =>
		db().evaluationTask.count({
			where: {
				connectionId,
				OR: [{ status: "CLAIMED" }, { status: "PENDING", dispatchedAt: { gte: lateBefore } }],
			},
		}),
	);
	const room = Math.min(lanes * AHEAD, turnsAhead(connection, now)) - underWay;
	// Refilled by halves: one look for many tasks.
	if (underWay > 0 && room < (lanes * AHEAD) / 2 && !connection?.requestsPerMinute) return NONE;
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
						select: { id: true, projectId: true, connectionId: true, dispatch: true },
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
	const moments = [next?.notBefore, room <= 0 ? turnMoment(connection) : null].filter((moment) => moment != null);
	return {
		tasks: rows.map(({ id, ...rest }) => ({
			taskId: id,
			...rest,
			lane: `${connectionId ?? "local"}:${laneOf(id, lanes)}`,
		})),
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

function turnMoment(connection: Limited | null): Date | null {
	if (!connection?.requestsPerMinute || !connection.nextCallAt) return null;
	return new Date(connection.nextCallAt.getTime() - HORIZON_MS / 2);
}

// Ids end in random digits.
function laneOf(taskId: string, lanes: number): number {
	return Number.parseInt(taskId.slice(-6), 16) % lanes;
}

/** Notes that tasks were announced. */
export async function markDispatched(taskIds: string[], now: Date = new Date()): Promise<void> {
	await withDatabase(() =>
		db().evaluationTask.updateMany({
			where: { id: { in: taskIds } },
			data: { dispatchedAt: now, dispatch: { increment: 1 } },
		}),
	);
}

/** Everything that tasks may wait for: the connections, and null for those that ask no model. */
export async function listQueues(): Promise<(string | null)[]> {
	const connections = await withDatabase(() => db().connection.findMany({ select: { id: true } }));
	return [null, ...connections.map(({ id }) => id)];
}
