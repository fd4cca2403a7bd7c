import { authenticate } from "@/lib/auth/authenticate";
import { parseBody, parseUuid, route } from "@/lib/http/route";
import { getProject } from "@/lib/projects/get-project";
import { AlertWebhookInput } from "@/lib/webhooks/alert-webhook";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { listWebhooks } from "@/lib/webhooks/list-webhooks";

interface Params {
	projectId: string;
}

export const GET = route<void, Params>(authenticate, async ({ params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	return Response.json(await listWebhooks(project.id));
});

export const POST = route<void, Params>(authenticate, async ({ request, params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	const webhook = await createWebhook(project.id, await parseBody(request, AlertWebhookInput));
	return Response.json(webhook, {
		status: 201,
		headers: { Location: `/api/v1/projects/${project.id}/alert-webhooks/${webhook.id}` },
	});
});
