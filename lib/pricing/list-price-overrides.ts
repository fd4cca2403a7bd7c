import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { PriceOverride } from "@/lib/pricing/price-override";
import { together } from "@/lib/together";

const FRESH_MS = 2000;
const PROJECTS_MAX = 10_000;

interface Remembered {
	overrides: PriceOverride[];
	at: number;
}

// Next bundles routes and actions separately: what one of them changes is what the other must forget.
const shared = globalThis as typeof globalThis & {
	spanwisePrices?: { known: Map<string, Remembered>; changes: number };
};
shared.spanwisePrices ??= { known: new Map(), changes: 0 };
const memory = shared.spanwisePrices;

/** A project's price overrides, by pattern and then the one that takes effect last first. */
export function listPriceOverrides(projectId: string): Promise<PriceOverride[]> {
	return withDatabase(() =>
		db().priceOverride.findMany({
			where: { projectId },
			orderBy: [{ modelPattern: "asc" }, { effectiveFrom: "desc" }, { createdAt: "desc" }, { id: "desc" }],
		}),
	);
}

/**
 * The overrides of several projects, by project id; a project without any is not in the map. Answers for up to two seconds
 * from memory, for ingest asks per request; a change in this process counts at once.
 */
export async function listOverridesOf(
	projectIds: Iterable<string>,
	now: number = Date.now(),
): Promise<Map<string, PriceOverride[]>> {
	const found = new Map<string, PriceOverride[]>();
	const unknown: string[] = [];
	// The empty id stands for no project.
	for (const id of new Set(projectIds)) {
		const entry = memory.known.get(id);
		if (entry && now - entry.at < FRESH_MS) found.set(id, entry.overrides);
		else if (id !== "") unknown.push(id);
	}
	if (unknown.length > 0) {
		const changes = memory.changes;
		const read = await lookUp(unknown);
		for (const id of unknown) found.set(id, read.get(id) ?? []);
		// What was read before a change is not remembered after it.
		if (changes === memory.changes) {
			if (memory.known.size > PROJECTS_MAX) memory.known.clear();
			for (const id of unknown) memory.known.set(id, { overrides: found.get(id) ?? [], at: now });
		}
	}
	return new Map([...found].filter(([, overrides]) => overrides.length > 0));
}

const lookUp = together<string, PriceOverride[]>(async (projectIds) => {
	const rows = await withDatabase(() => db().priceOverride.findMany({ where: { projectId: { in: [...projectIds] } } }));
	const byProject = new Map<string, PriceOverride[]>();
	for (const row of rows) {
		const own = byProject.get(row.projectId);
		if (own) own.push(row);
		else byProject.set(row.projectId, [row]);
	}
	return byProject;
});

/** Forgets what is remembered after an override was made, changed or deleted. */
export function forgetPriceOverrides(): void {
	memory.changes += 1;
	memory.known.clear();
}
