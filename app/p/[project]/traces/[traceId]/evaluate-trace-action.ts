"use server";

import { refresh } from "next/cache";
import { type ActionResult, actionResult } from "@/app/_ui/action-result";
import { openHolder } from "@/app/p/[project]/traces/[traceId]/open-trace";
import { publishBackfillRequested } from "@/inngest/publish";
import { requirePerson } from "@/lib/auth/require-person";
import { notFound } from "@/lib/errors";
import { createBackfill } from "@/lib/evaluations/create-backfill";
import { DAY_MS } from "@/lib/time";

/** Has every enabled rule of its project judge a trace that is stored already, where none has yet. */
export async function evaluateTraceAction(
	segment: string,
	text: string,
	_previous: ActionResult | null,
	_form: FormData,
): Promise<ActionResult> {
	await requirePerson();
	return actionResult(async () => {
		const { projectId, traceId } = await openHolder(segment, text);
		if (projectId === "") throw notFound("Project");
		const { id } = await createBackfill({
			projectId,
			traceId,
			ruleId: null,
			filter: null,
			anew: false,
			from: new Date(0),
			// A sender's clock may be ahead of ours.
			to: new Date(Date.now() + DAY_MS),
		});
		await publishBackfillRequested(id);
		refresh();
	});
}
