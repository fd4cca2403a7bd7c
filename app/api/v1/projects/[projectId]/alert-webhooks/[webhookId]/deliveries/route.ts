import { z } from "zod";
import { pageWrapper } from "@/app/api/v1/page-wrapper";
import { authenticate } from "@/lib/auth/authenticate";
import { parseUuid, parseWith, route } from "@/lib/http/route";
import { getProject } from "@/lib/projects/get-project";
import { listDeliveries } from "@/lib/webhooks/list-deliveries";

const SIZE_MAX = 200;

const wholeNumber = z.string().regex(/^-?\d{1,6}$/, "must be a whole number");
const Query = z.object({
	page: wholeNumber.optional().transform((value) => Math.max(0, Number(value ?? 0))),
	size: wholeNumber.optional().transform((value) => Math.min(SIZE_MAX, Math.max(1, Number(value ?? 50)))),
});

interface Params {
	projectId: string;
	webhookId: string;
}

export const GET = route<void, Params>(authenticate, async ({ request, params }) => {
	const project = await getProject(parseUuid(params.projectId, "projectId"));
	const webhookId = parseUuid(params.webhookId, "webhookId");
	const { page, size } = parseWith(Query, Object.fromEntries(new URL(request.url).searchParams));
	const { deliveries, total } = await listDeliveries({ projectId: project.id, webhookId, page, size });
	return Response.json(pageWrapper(deliveries, { page, size, total }));
});
