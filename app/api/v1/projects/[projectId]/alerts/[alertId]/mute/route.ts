import { MuteInput, muteAlert } from "@/lib/alerts/mute-alert";
import { unmuteAlert } from "@/lib/alerts/unmute-alert";
import { authenticate } from "@/lib/auth/authenticate";
import { parseBody, parseUuid, route } from "@/lib/http/route";
import { getProject } from "@/lib/projects/get-project";

interface Params {
	projectId: string;
	alertId: string;
}

/** `{minutes}` -> the alert, muted until so long from now. */
export const POST = route<void, Params>(authenticate, async ({ request, params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	const id = parseUuid(params.alertId, "alertId");
	const { minutes } = await parseBody(request, MuteInput);
	return Response.json(await muteAlert(project.id, id, minutes));
});

/** The alert, no longer muted. */
export const DELETE = route<void, Params>(authenticate, async ({ params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	return Response.json(await unmuteAlert(project.id, parseUuid(params.alertId, "alertId")));
});
