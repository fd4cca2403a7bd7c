import { authenticate } from "@/lib/auth/authenticate";
import { parseBody, parseUuid, route } from "@/lib/http/route";
import { deletePriceOverride } from "@/lib/pricing/delete-price-override";
import { getPriceOverride } from "@/lib/pricing/get-price-override";
import { PriceOverrideInput } from "@/lib/pricing/price-override";
import { updatePriceOverride } from "@/lib/pricing/update-price-override";
import { getProject } from "@/lib/projects/get-project";

interface Params {
	projectId: string;
	overrideId: string;
}

export const GET = route<void, Params>(authenticate, async ({ params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	return Response.json(await getPriceOverride(project.id, parseUuid(params.overrideId, "overrideId")));
});

export const PUT = route<void, Params>(authenticate, async ({ request, params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	const id = parseUuid(params.overrideId, "overrideId");
	return Response.json(await updatePriceOverride(project.id, id, await parseBody(request, PriceOverrideInput)));
});

export const DELETE = route<void, Params>(authenticate, async ({ params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	await deletePriceOverride(project.id, parseUuid(params.overrideId, "overrideId"));
	return new Response(null, { status: 204 });
});
