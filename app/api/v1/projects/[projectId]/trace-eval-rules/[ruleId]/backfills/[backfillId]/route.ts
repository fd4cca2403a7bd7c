import { authenticate } from "@/lib/auth/authenticate";
import { cancelBackfill } from "@/lib/evaluations/cancel-backfill";
import { getBackfill } from "@/lib/evaluations/get-backfill";
import { parseUuid, route } from "@/lib/http/route";

interface Params {
	projectId: string;
	ruleId: string;
	backfillId: string;
}

export const GET = route<void, Params>(authenticate, async ({ params }) =>
	Response.json(
		await getBackfill(parseUuid(params.projectId, "projectId"), parseUuid(params.backfillId, "backfillId")),
	),
);

/** Cancels it: what nobody has begun is dropped. */
export const DELETE = route<void, Params>(authenticate, async ({ params }) =>
	Response.json(
		await cancelBackfill(parseUuid(params.projectId, "projectId"), parseUuid(params.backfillId, "backfillId")),
	),
);
