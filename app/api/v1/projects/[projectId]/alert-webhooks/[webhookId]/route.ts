import { authenticate } from "@/lib/auth/authenticate";
import { parseBody, parseUuid, route } from "@/lib/http/route";
import { getProject } from "@/lib/projects/get-project";
import { AlertWebhookInput } from "@/lib/webhooks/alert-webhook";
import { deleteWebhook } from "@/lib/webhooks/delete-webhook";
import { getWebhook } from "@/lib/webhooks/get-webhook";
import { updateWebhook } from "@/lib/webhooks/update-webhook";

interface Params {
	projectId: string;
	webhookId: string;
}

export const GET = route<void, Params>(authenticate, async ({ params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	return Response.json(await getWebhook(project.id, parseUuid(params.webhookId, "webhookId")));
});

export const PUT = route<void, Params>(authenticate, async ({ request, params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	const id = parseUuid(params.webhookId, "webhookId");
	return Response.json(await updateWebhook(project.id, id, await parseBody(request, AlertWebhookInput)));
});

export const DELETE = route<void, Params>(authenticate, async ({ params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	await deleteWebhook(project.id, parseUuid(params.webhookId, "webhookId"));
	return new Response(null, { status: 204 });
});
