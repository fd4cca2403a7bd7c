import { authenticate } from "@/lib/auth/authenticate";
import { readRuleReport } from "@/lib/evaluations/read-rule-report";
import { parseUuid, route } from "@/lib/http/route";

interface Params {
	projectId: string;
	ruleId: string;
}

/** How a rule fares: counts by decision, last error, what it spent today, its trend and last verdicts. */
export const GET = route<void, Params>(authenticate, async ({ params }) => {
	const projectId = parseUuid(params.projectId, "projectId");
	return Response.json(await readRuleReport(projectId, parseUuid(params.ruleId, "ruleId")));
});
