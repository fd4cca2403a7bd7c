import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { PriceOverride } from "@/lib/pricing/price-override";

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
		const rows = await withDatabase(() => db().priceOverride.findMany({ where: { projectId: { in: unknown } } }));
		for (const id of unknown) found.set(id, []);
		for (const row of rows) found.get(row.projectId)?.push(row);
		// What was read before a change is not remembered after it.
		if (changes === memory.changes) {
			if (memory.known.size > PROJECTS_MAX) memory.known.clear();
			for (const id of unknown) memory.known.set(id, { overrides: found.get(id) ?? [], at: now });
		}
	}
	return new Map([...found].filter(([, overrides]) => overrides.length > 0));
}

/** Forgets what is remembered after an override was made, changed or deleted. */
export function forgetPriceOverrides(): void {
	memory.changes += 1;
	memory.known.clear();
}
