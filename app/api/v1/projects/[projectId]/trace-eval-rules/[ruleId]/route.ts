import { ruleView } from "@/app/api/v1/projects/[projectId]/trace-eval-rules/rule-view";
import { authenticate } from "@/lib/auth/authenticate";
import { parseBody, parseUuid, route } from "@/lib/http/route";
import { getProject } from "@/lib/projects/get-project";
import { deleteRule } from "@/lib/rules/delete-rule";
import { getRule } from "@/lib/rules/get-rule";
import { RuleBody } from "@/lib/rules/rule-body";
import { updateRule } from "@/lib/rules/update-rule";

interface Params {
	projectId: string;
	ruleId: string;
}

export const GET = route<void, Params>(authenticate, async ({ params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	return Response.json(ruleView(await getRule(project.id, parseUuid(params.ruleId, "ruleId"))));
});

export const PUT = route<void, Params>(authenticate, async ({ request, params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	return Response.json(
		ruleView(await updateRule(project.id, parseUuid(params.ruleId, "ruleId"), await parseBody(request, RuleBody))),
	);
});

export const DELETE = route<void, Params>(authenticate, async ({ params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	await deleteRule(project.id, parseUuid(params.ruleId, "ruleId"));
	return new Response(null, { status: 204 });
});
