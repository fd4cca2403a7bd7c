import { inngest } from "@/inngest/client";
import { EVALUATION_REQUESTED, PROCESS_STARTED, SPANS_INGESTED } from "@/inngest/events";
import { type Dispatch, listDueTasks, markDispatched } from "@/lib/evaluations/dispatch-tasks";
import { markDirty } from "@/lib/evaluations/mark-dirty";
import { logger } from "@/lib/logger";

const COALESCE_MS = 250;
const EVENTS_MAX = 100;
// A task announced this long ago and still pending counts as never announced.
const LATE_MS = 10 * 60_000;

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

/** Announces pending tasks that nobody was told of, one event each. Returns how many. */
export async function publishDueTasks(projectId?: string): Promise<number> {
	const due = { projectId, lateBefore: new Date(Date.now() - LATE_MS) };
	let published = 0;
	for (;;) {
		const tasks = await listDueTasks(due);
		for (let start = 0; start < tasks.length; start += EVENTS_MAX) {
			const chunk = tasks.slice(start, start + EVENTS_MAX);
			await inngest().send(chunk.map(evaluationRequested));
			await markDispatched(chunk.map((task) => task.taskId));
		}
		published += tasks.length;
		if (tasks.length === 0) return published;
	}
}

// The id names the announcement, so one repeated after a crash starts nothing twice while a later one may.
function evaluationRequested({ taskId, projectId, connectionId, dispatch }: Dispatch) {
	return {
		name: EVALUATION_REQUESTED,
		id: `eval:${taskId}:${dispatch}`,
		data: { taskId, projectId, connectionId },
	};
}

/** Announces that a process started. */
export async function publishProcessStarted(now: Date = new Date()): Promise<void> {
	await inngest().send({ name: PROCESS_STARTED, id: `started:${process.pid}:${now.getTime()}`, data: {} });
}
