import { authenticate } from "@/lib/auth/authenticate";
import { getBackfill } from "@/lib/evaluations/get-backfill";
import { parseUuid, parseWith, route } from "@/lib/http/route";
import { ProjectReference } from "@/lib/triggers/evaluation-request";
import { verifyRequest } from "@/lib/triggers/verify-request";

interface Params {
	backfillId: string;
}

function projectOf(request: Request): string {
	return parseWith(ProjectReference, Object.fromEntries(new URL(request.url).searchParams)).projectId;
}

/** Signed as the request that began it, with an empty body; or with the key of the API. */
async function signedOrKeyed(request: Request): Promise<void> {
	if (!request.headers.has("x-spanwise-signature")) return authenticate(request);
	await verifyRequest({ headers: request.headers, body: new Uint8Array(), projectId: projectOf(request) });
}

/** `{id, status, matched, planned, ended, failed, overBudget, open}` */
export const GET = route<void, Params>(signedOrKeyed, async ({ request, params }) => {
	const progress = await getBackfill(projectOf(request), parseUuid(params.backfillId, "backfillId"));
	const { id, status, matched, planned, ended, failed, overBudget, open } = progress;
	return Response.json({ id, status, matched, planned, ended, failed, overBudget, open });
});
