import { z } from "zod";
import type { IngestHealth } from "@/lib/accounting/ingest-health";
import { MINUTES_MAX, readIngestHealth } from "@/lib/accounting/read-ingest-health";
import { authenticate } from "@/lib/auth/authenticate";
import { parseWith, route } from "@/lib/http/route";
import { getProjectByReference } from "@/lib/projects/get-project";
import { listProjects } from "@/lib/projects/list-projects";
import type { Project } from "@/lib/projects/project";

const MINUTES_DEFAULT = 60;
const MINUTES_MESSAGE = `must be a whole number from 1 to ${MINUTES_MAX}`;

const Query = z.object({
	/** Name or id; absent or empty: everything. */
	project: z.string().optional(),
	minutes: z
		.string()
		.regex(/^\d{1,6}$/, MINUTES_MESSAGE)
		.transform(Number)
		.refine((minutes) => minutes >= 1 && minutes <= MINUTES_MAX, MINUTES_MESSAGE)
		.default(MINUTES_DEFAULT),
});

export const GET = route(authenticate, async ({ request }) => {
	const { project: reference, minutes } = parseWith(Query, Object.fromEntries(new URL(request.url).searchParams));
	const project = reference ? await getProjectByReference(reference) : null;
	const [health, projects] = await Promise.all([
		readIngestHealth({ projectIds: project ? [project.id] : null, minutes }),
		project ? [project] : listProjects(),
	]);
	return Response.json(healthView(project, health, new Map(projects.map(({ id, name }) => [id, name]))), {
		headers: { "Cache-Control": "no-store" },
	});
});

/** Dates become ISO texts when the view is written. */
function healthView(project: Project | null, health: IngestHealth, names: ReadonlyMap<string, string>) {
	const { from, to, projects, ...counts } = health;
	return {
		project: project && { id: project.id, name: project.name },
		from,
		to,
		...counts,
		projects: projects.map(({ projectId, ...own }) => ({
			// Spans of a project that was deleted stay until they expire.
			project: projectId === "" ? null : { id: projectId, name: names.get(projectId) ?? null },
			...own,
		})),
	};
}
