import { ruleView } from "@/app/api/v1/projects/[projectId]/trace-eval-rules/rule-view";
import { authenticate } from "@/lib/auth/authenticate";
import { parseBody, parseUuid, route } from "@/lib/http/route";
import { getProject } from "@/lib/projects/get-project";
import { createRule } from "@/lib/rules/create-rule";
import { listRules } from "@/lib/rules/list-rules";
import { RuleBody } from "@/lib/rules/rule-body";

interface Params {
	projectId: string;
}

export const GET = route<void, Params>(authenticate, async ({ params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	return Response.json((await listRules(project.id)).map(ruleView));
});

export const POST = route<void, Params>(authenticate, async ({ request, params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	const rule = await createRule(project.id, await parseBody(request, RuleBody));
	return Response.json(ruleView(rule), {
		status: 201,
		headers: { Location: `/api/v1/projects/${project.id}/trace-eval-rules/${rule.id}` },
	});
});
