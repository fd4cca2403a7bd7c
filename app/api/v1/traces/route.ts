import { after } from "next/server";
import { z } from "zod";
import { pageWrapper } from "@/app/api/v1/page-wrapper";
import { traceListRow } from "@/app/api/v1/traces/trace-view";
import { authenticate } from "@/lib/auth/authenticate";
import { requireProject } from "@/lib/auth/require-project";
import { FilterText } from "@/lib/filter/filter-text";
import { parseWith, route } from "@/lib/http/route";
import { asRoute } from "@/lib/receive/as-route";
import { pageTraces } from "@/lib/traces/page-traces";

const SIZE_MAX = 200;
const PAGE_MAX = 1_000_000;

const wholeNumber = z.string().regex(/^-?\d{1,9}$/, "must be a whole number");
const Query = z.object({
	projectId: z.union([z.literal(""), z.guid("must be a UUID")]).optional(),
	page: wholeNumber.optional().transform((value) => Math.min(PAGE_MAX, Math.max(0, Number(value ?? 0)))),
	size: wholeNumber.optional().transform((value) => Math.min(SIZE_MAX, Math.max(1, Number(value ?? 50)))),
	filter: FilterText.optional(),
});

export const { POST, OPTIONS } = asRoute("/api/v1/traces", after);

export const GET = route(authenticate, async ({ request }) => {
	const parameters = Object.fromEntries(new URL(request.url).searchParams);
	const { projectId, page, size, filter } = parseWith(Query, parameters);
	const { projectIds } = await requireProject(projectId || "all");
	const { traces, total } = await pageTraces({ projectIds, page, size, filter });
	return Response.json(pageWrapper(traces.map(traceListRow), { page, size, total }));
});
