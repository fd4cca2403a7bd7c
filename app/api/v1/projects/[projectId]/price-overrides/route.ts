import { authenticate } from "@/lib/auth/authenticate";
import { parseBody, parseUuid, route } from "@/lib/http/route";
import { createPriceOverride } from "@/lib/pricing/create-price-override";
import { listPriceOverrides } from "@/lib/pricing/list-price-overrides";
import { PriceOverrideInput } from "@/lib/pricing/price-override";
import { getProject } from "@/lib/projects/get-project";

interface Params {
	projectId: string;
}

export const GET = route<void, Params>(authenticate, async ({ params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	return Response.json(await listPriceOverrides(project.id));
});

export const POST = route<void, Params>(authenticate, async ({ request, params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	const override = await createPriceOverride(project.id, await parseBody(request, PriceOverrideInput));
	return Response.json(override, {
		status: 201,
		headers: { Location: `/api/v1/projects/${project.id}/price-overrides/${override.id}` },
	});
});
