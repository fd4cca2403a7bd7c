import { authenticate } from "@/lib/auth/authenticate";
import { parseUuid, route } from "@/lib/http/route";
import { getProject } from "@/lib/projects/get-project";
import { sendTest } from "@/lib/webhooks/send-test";

interface Params {
	projectId: string;
	webhookId: string;
}

/** Sends a test and answers with its delivery: how the receiver answered is in it, whatever it was. */
export const POST = route<void, Params>(authenticate, async ({ params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	return Response.json(await sendTest(project.id, parseUuid(params.webhookId, "webhookId")));
});
