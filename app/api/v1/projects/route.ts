import { projectView } from "@/app/api/v1/projects/project-view";
import { authenticate } from "@/lib/auth/authenticate";
import { parseBody, route } from "@/lib/http/route";
import { createProject } from "@/lib/projects/create-project";
import { listProjects } from "@/lib/projects/list-projects";
import { ProjectInput } from "@/lib/projects/project";

export const GET = route(authenticate, async () => Response.json((await listProjects()).map(projectView)));

export const POST = route(authenticate, async ({ request }) => {
	const project = await createProject(await parseBody(request, ProjectInput));
	return Response.json(projectView(project), {
		status: 201,
		headers: { Location: `/api/v1/projects/${project.id}` },
	});
});
