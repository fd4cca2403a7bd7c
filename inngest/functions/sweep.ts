import type { Inngest, InngestFunction } from "inngest";
import { inngestMode } from "@/inngest/client";
import { pruneEngine } from "@/inngest/embedded/retention";
import { PROCESS_STARTED, SCHEDULED } from "@/inngest/events";
import { publishBackfillRequested, publishDueTasks } from "@/inngest/publish";
import { resumeOrphans } from "@/lib/evaluations/block-connection";
import { listRunningBackfills } from "@/lib/evaluations/list-backfills";
import { planTasks } from "@/lib/evaluations/plan-tasks";
import { probeBlocked } from "@/lib/evaluations/probe-blocked";
import { reclaimStaleTasks } from "@/lib/evaluations/reclaim-stale-tasks";
import { beat } from "@/lib/health/beat";
import { logger } from "@/lib/logger";
import { listRuledProjects } from "@/lib/rules/list-ruled-projects";
import { DAY_MS } from "@/lib/time";

// Wider than any outage of announcements that the ordinary overlap would miss.
const OVERLAP_MS = 10 * 60_000;
const ENGINE_DAYS = 1;

/**
 * Finds what an announcement was lost for: spans nobody matched, tasks nobody was told of, backfills that stand still, claims
 * whose holder died. Tests connections that are blocked. Runs every minute and when a process starts.
 */
export function sweep(client: Inngest): InngestFunction.Any {
	return client.createFunction(
		{
			id: "sweep",
			triggers: [{ cron: "* * * * *" }, { event: PROCESS_STARTED }],
			retries: 1,
			concurrency: { limit: 1 },
		},
		async ({ event }) => {
			if (event.name === SCHEDULED) await beat("sweep");
			const reclaimed = await reclaimStaleTasks();
			await resumeOrphans();
			await probeBlocked();
			let planned = 0;
			for (const projectId of await listRuledProjects()) planned += await planOrLog(projectId);
			const minute = new Date().toISOString().slice(0, 16);
			for (const id of await listRunningBackfills()) await publishBackfillRequested(id, minute);
			const published = await publishDueTasks();
			if (inngestMode() === "embedded") await pruneEngine(new Date(Date.now() - ENGINE_DAYS * DAY_MS));
			return { reclaimed, planned, published };
		},
	);
}

// What is wrong with one project must not keep the others waiting.
async function planOrLog(projectId: string): Promise<number> {
	try {
		return await planTasks({ projectId, overlapMs: OVERLAP_MS });
	} catch (error) {
		logger.error("a project's spans were not matched", {
			projectId,
			error: error instanceof Error ? error.name : "unknown",
		});
		return 0;
	}
}
