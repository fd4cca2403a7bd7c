"use server";

import { refresh } from "next/cache";
import { after } from "next/server";
import { type ActionResult, actionResult } from "@/app/_ui/action-result";
import { openProject } from "@/app/p/[project]/open-project";
import { sampleTrace } from "@/app/p/[project]/traces/sample-trace";
import { ingestTraces } from "@/lib/ingest/ingest-traces";
import { announceSpans } from "@/lib/receive/announce-spans";

/** Sends a small agent's trace to the project of a URL segment, on the way that every exporter's requests take. */
export async function sendSampleAction(segment: string): Promise<ActionResult> {
	const { project } = await openProject(segment);
	return actionResult(async () => {
		const request = sampleTrace({ projectName: project?.name ?? null, nowMs: Date.now() });
		const { projectIds } = await ingestTraces("json", Buffer.from(JSON.stringify(request)), { sender: "sample trace" });
		after(() => announceSpans(projectIds));
		refresh();
	});
}
