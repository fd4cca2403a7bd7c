"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { type ActionResult, actionResult } from "@/app/_ui/action-result";
import { openProject } from "@/app/p/[project]/open-project";
import { publishBackfillRequested } from "@/inngest/publish";
import { invalidInput } from "@/lib/errors";
import { createBackfill } from "@/lib/evaluations/create-backfill";
import { parseTraceId } from "@/lib/ids";
import { deleteTraces } from "@/lib/retention/delete-traces";
import { DAY_MS } from "@/lib/time";

const TRACES_MAX = 100;

const TraceIds = z
	.array(z.string().refine((text) => parseTraceId(text) === text, "must be trace ids"))
	.min(1, "choose a trace first")
	.max(TRACES_MAX, `at most ${TRACES_MAX} traces at once`);

/** Has one rule judge some traces of a project that are stored already. */
export async function evaluateTracesAction(
	segment: string,
	traceIds: string[],
	_previous: ActionResult | null,
	form: FormData,
): Promise<ActionResult> {
	const { project } = await openProject(segment);
	return actionResult(async () => {
		if (!project) throw invalidInput("rules belong to a project: open one first");
		const ids = readIds(traceIds);
		const { id } = await createBackfill({
			projectId: project.id,
			ruleId: String(form.get("ruleId") ?? ""),
			traceId: null,
			filter: { field: "trace", op: "in", value: ids },
			from: new Date(0),
			// A sender's clock may be ahead of ours.
			to: new Date(Date.now() + DAY_MS),
			anew: form.get("anew") === "on",
		});
		await publishBackfillRequested(id);
		revalidatePath(`/p/${segment}/traces`);
	});
}

/** Deletes some traces of a project, or of all, with everything that is stored of them. */
export async function deleteTracesAction(segment: string, traceIds: string[]): Promise<ActionResult> {
	const { projectIds } = await openProject(segment);
	return actionResult(async () => {
		await deleteTraces({ projectIds, traceIds: readIds(traceIds) });
		revalidatePath(`/p/${segment}`, "layout");
	});
}

function readIds(traceIds: unknown): string[] {
	const read = TraceIds.safeParse(traceIds);
	if (read.success) return read.data;
	throw invalidInput(read.error.issues[0]?.message ?? "must be trace ids");
}
