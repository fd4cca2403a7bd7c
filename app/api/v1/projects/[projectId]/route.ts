import { projectView } from "@/app/api/v1/projects/project-view";
import { authenticate } from "@/lib/auth/authenticate";
import { parseBody, route } from "@/lib/http/route";
import { deleteProject } from "@/lib/projects/delete-project";
import { getProjectByReference } from "@/lib/projects/get-project";
import { ProjectInput } from "@/lib/projects/project";
import { renameProject } from "@/lib/projects/rename-project";

// The segment is the project's name, as in Dokimos, or its id.
interface Params {
	projectId: string;
}

export const GET = route<void, Params>(authenticate, async ({ params }) =>
	Response.json(projectView(await getProjectByReference(params.projectId))),
);

export const PUT = route<void, Params>(authenticate, async ({ request, params }) => {
	const { id } = await getProjectByReference(params.projectId);
	return Response.json(projectView(await renameProject(id, await parseBody(request, ProjectInput))));
});

export const PATCH = PUT;

export const DELETE = route<void, Params>(authenticate, async ({ params }) => {
	const { id } = await getProjectByReference(params.projectId);
	await deleteProject(id);
	return new Response(null, { status: 204 });
});
