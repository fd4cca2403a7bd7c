import { publishBackfillRequested } from "@/inngest/publish";
import { authenticate } from "@/lib/auth/authenticate";
import { BackfillBody } from "@/lib/evaluations/backfill-body";
import { createBackfill } from "@/lib/evaluations/create-backfill";
import { listBackfills } from "@/lib/evaluations/list-backfills";
import { parseBody, parseUuid, route } from "@/lib/http/route";
import { getRule } from "@/lib/rules/get-rule";

interface Params {
	projectId: string;
	ruleId: string;
}

export const GET = route<void, Params>(authenticate, async ({ params }) => {
	const rule = await getRule(parseUuid(params.projectId, "projectId"), parseUuid(params.ruleId, "ruleId"));
	return Response.json(await listBackfills(rule.projectId, rule.id));
});

/** `{from, to, filter?, anew?}` -> 202 and its progress. */
export const POST = route<void, Params>(authenticate, async ({ request, params }) => {
	const rule = await getRule(parseUuid(params.projectId, "projectId"), parseUuid(params.ruleId, "ruleId"));
	const body = await parseBody(request, BackfillBody);
	const backfill = await createBackfill({ ...body, projectId: rule.projectId, ruleId: rule.id, traceId: null });
	await publishBackfillRequested(backfill.id);
	const location = `/api/v1/projects/${rule.projectId}/trace-eval-rules/${rule.id}/backfills/${backfill.id}`;
	return Response.json(backfill, { status: 202, headers: { Location: location } });
});
