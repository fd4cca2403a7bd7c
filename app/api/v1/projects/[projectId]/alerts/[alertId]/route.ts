import { AlertInput } from "@/lib/alerts/alert";
import { deleteAlert } from "@/lib/alerts/delete-alert";
import { getAlert } from "@/lib/alerts/get-alert";
import { updateAlert } from "@/lib/alerts/update-alert";
import { authenticate } from "@/lib/auth/authenticate";
import { parseBody, parseUuid, route } from "@/lib/http/route";
import { getProject } from "@/lib/projects/get-project";

interface Params {
	projectId: string;
	alertId: string;
}

export const GET = route<void, Params>(authenticate, async ({ params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	return Response.json(await getAlert(project.id, parseUuid(params.alertId, "alertId")));
});

export const PUT = route<void, Params>(authenticate, async ({ request, params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	const id = parseUuid(params.alertId, "alertId");
	return Response.json(await updateAlert(project.id, id, await parseBody(request, AlertInput)));
});

export const DELETE = route<void, Params>(authenticate, async ({ params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	await deleteAlert(project.id, parseUuid(params.alertId, "alertId"));
	return new Response(null, { status: 204 });
});
