import { authenticate } from "@/lib/auth/authenticate";
import { notFound } from "@/lib/errors";
import { cancelBackfill } from "@/lib/evaluations/cancel-backfill";
import { getBackfill } from "@/lib/evaluations/get-backfill";
import { parseUuid, route } from "@/lib/http/route";

interface Params {
	projectId: string;
	ruleId: string;
	backfillId: string;
}

async function open(params: Params) {
	const backfillId = parseUuid(params.backfillId, "backfillId");
	const backfill = await getBackfill(parseUuid(params.projectId, "projectId"), backfillId);
	if (backfill.ruleId !== parseUuid(params.ruleId, "ruleId")) throw notFound("Backfill");
	return backfill;
}

export const GET = route<void, Params>(authenticate, async ({ params }) => Response.json(await open(params)));

/** Cancels it: what nobody has begun is dropped. */
export const DELETE = route<void, Params>(authenticate, async ({ params }) => {
	const { projectId, id } = await open(params);
	return Response.json(await cancelBackfill(projectId, id));
});
