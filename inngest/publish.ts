import { inngest } from "@/inngest/client";
import {
	BACKFILL_REQUESTED,
	EVALUATIONS_REQUESTED,
	EVALUATIONS_WAITING,
	PROCESS_STARTED,
	SPANS_INGESTED,
} from "@/inngest/events";
import { type Dispatch, listDueTasks, listQueues, markDispatched } from "@/lib/evaluations/dispatch-tasks";
import { markDirty } from "@/lib/evaluations/mark-dirty";
import { logger } from "@/lib/logger";

const COALESCE_MS = 250;
const WAKE_MS_MIN = 200;

// Projects announced a moment ago; true when more spans came since.
const recent = new Map<string, boolean>();

/**
 * Announces new spans of a project, at most once per quarter second: the first at once, the rest together afterwards. Never
 * throws: a lost announcement is found by the sweep.
 */
export async function publishSpansIngested(projectId: string): Promise<void> {
	if (recent.has(projectId)) {
		recent.set(projectId, true);
		return;
	}
	recent.set(projectId, false);
	setTimeout(() => {
		const again = recent.get(projectId);
		recent.delete(projectId);
		if (again) void publishSpansIngested(projectId);
	}, COALESCE_MS).unref();
	try {
		const seq = await markDirty(projectId);
		await inngest().send({ name: SPANS_INGESTED, id: `spans:${projectId}:${seq}`, data: { projectId } });
	} catch (error) {
		logger.warn("spans not announced, the sweep will find them", {
			projectId,
			error: error instanceof Error ? error.name : "unknown",
		});
	}
}

/**
 * Announces pending tasks that nobody was told of, as many of each queue as can be worked on soon, and has them looked for
 * again when the next need not wait any more. All queues unless told which. Returns how many tasks it announced.
 */
export async function publishDueTasks(queues?: readonly (string | null)[]): Promise<number> {
	let published = 0;
	for (const connectionId of queues ?? (await listQueues())) {
		const { dispatches, nextAt } = await listDueTasks(connectionId);
		if (dispatches.length > 0) {
			const taskIds = dispatches.flatMap((dispatch) => dispatch.taskIds);
			await inngest().send(dispatches.map(evaluationsRequested));
			await markDispatched(taskIds);
			published += taskIds.length;
		}
		if (nextAt) await publishWaiting(connectionId, nextAt);
	}
	return published;
}

// The id names the announcement, so one repeated after a crash starts nothing twice while a later one may.
function evaluationsRequested({ id, ...data }: Dispatch) {
	return { name: EVALUATIONS_REQUESTED, id: `eval:${id}`, data };
}

// The last second for which this process had each queue looked at: the same again starts nothing new.
const awaited = new Map<string, number>();

async function publishWaiting(connectionId: string | null, nextAt: Date): Promise<void> {
	const second = Math.ceil(Math.max(nextAt.getTime(), Date.now() + WAKE_MS_MIN) / 1000);
	const queue = connectionId ?? "local";
	if (awaited.get(queue) === second) return;
	const at = new Date(second * 1000).toISOString();
	await inngest().send({ name: EVALUATIONS_WAITING, id: `wake:${queue}:${second}`, data: { connectionId, at } });
	awaited.set(queue, second);
}

/**
 * Announces that a backfill has work to do; `mark` tells one announcement of it from the other. Never throws: the wish is
 * stored, and the sweep finds it.
 */
export async function publishBackfillRequested(backfillId: string, mark = "start"): Promise<void> {
	try {
		await inngest().send({ name: BACKFILL_REQUESTED, id: `backfill:${backfillId}:${mark}`, data: { backfillId } });
	} catch (error) {
		logger.warn("backfill not announced, the sweep will find it", {
			backfillId,
			error: error instanceof Error ? error.name : "unknown",
		});
	}
}

/** Announces that a process started. */
export async function publishProcessStarted(now: Date = new Date()): Promise<void> {
	await inngest().send({ name: PROCESS_STARTED, id: `started:${process.pid}:${now.getTime()}`, data: {} });
}
