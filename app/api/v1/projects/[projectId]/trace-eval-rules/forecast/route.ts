import { authenticate } from "@/lib/auth/authenticate";
import { forecastRule } from "@/lib/evaluations/forecast-rule";
import { parseBody, parseUuid, route } from "@/lib/http/route";
import { getProject } from "@/lib/projects/get-project";
import { RuleBody } from "@/lib/rules/rule-body";

/** What a rule, sent as for its creation, would have judged in the last seven days; nothing is saved. */
export const POST = route<void, { projectId: string }>(authenticate, async ({ request, params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	return Response.json(await forecastRule(project.id, await parseBody(request, RuleBody)));
});
