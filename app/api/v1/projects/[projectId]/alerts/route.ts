import { AlertInput } from "@/lib/alerts/alert";
import { createAlert } from "@/lib/alerts/create-alert";
import { listAlerts } from "@/lib/alerts/list-alerts";
import { authenticate } from "@/lib/auth/authenticate";
import { parseBody, parseUuid, route } from "@/lib/http/route";
import { getProject } from "@/lib/projects/get-project";

interface Params {
	projectId: string;
}

export const GET = route<void, Params>(authenticate, async ({ params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	return Response.json(await listAlerts(project.id));
});

export const POST = route<void, Params>(authenticate, async ({ request, params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	const alert = await createAlert(project.id, await parseBody(request, AlertInput));
	return Response.json(alert, {
		status: 201,
		headers: { Location: `/api/v1/projects/${project.id}/alerts/${alert.id}` },
	});
});
