import { publishBackfillRequested } from "@/inngest/publish";
import { AppError } from "@/lib/errors";
import { createBackfill } from "@/lib/evaluations/create-backfill";
import { readBody } from "@/lib/http/read-body";
import { parseWith, route } from "@/lib/http/route";
import { parseJson } from "@/lib/json";
import { EvaluationRequest, ProjectReference } from "@/lib/triggers/evaluation-request";
import { verifyRequest } from "@/lib/triggers/verify-request";

const BODY_BYTES_MAX = 64 * 1024;

/** A request that a trigger of the project it names signed; nothing else of it is looked at before. */
async function signed(request: Request) {
	if (request.headers.has("content-encoding")) {
		throw new AppError("unsupported_media", "A signed body must not be compressed");
	}
	const body = await readBody(request, { bodyBytesMax: BODY_BYTES_MAX, inflatedBytesMax: BODY_BYTES_MAX });
	const json = parseJson(body.toString("utf8"), "request body");
	const { projectId } = parseWith(ProjectReference, json);
	const { requestId } = await verifyRequest({ headers: request.headers, body, projectId });
	return { requestId, input: parseWith(EvaluationRequest, json) };
}

/**
 * `{projectId, traceId}` or `{projectId, ruleId, from, to, anew?}` -> 202 `{id, status, statusUrl}`. The same signed request
 * again gets the same answer and starts nothing.
 */
export const POST = route(signed, async ({ principal: { requestId, input } }) => {
	const backfill = await createBackfill({ ...input, filter: null, requestId });
	await publishBackfillRequested(backfill.id);
	const statusUrl = `/api/v1/webhooks/evaluations/${backfill.id}?projectId=${backfill.projectId}`;
	return Response.json(
		{ id: backfill.id, status: backfill.status, statusUrl },
		{ status: 202, headers: { Location: statusUrl } },
	);
});
