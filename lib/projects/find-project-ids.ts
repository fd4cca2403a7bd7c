import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { together } from "@/lib/together";

const FRESH_MS = 2000;
const NAMES_MAX = 10_000;

// Known names only: an unknown one is asked for each time, so a project just made links the very next request. Next bundles
// actions and the front door separately: what one of them renames is what the other must forget.
const shared = globalThis as typeof globalThis & { spanwiseProjectIds?: Map<string, { id: string; at: number }> };
shared.spanwiseProjectIds ??= new Map();
const known = shared.spanwiseProjectIds;

/** Project ids by name, for the names that exist. Answers for up to two seconds from memory: ingest asks per request. */
export async function findProjectIds(names: Iterable<string>, now: number = Date.now()): Promise<Map<string, string>> {
	const found = new Map<string, string>();
	const unknown: string[] = [];
	for (const name of new Set(names)) {
		const entry = known.get(name);
		if (entry && now - entry.at < FRESH_MS) found.set(name, entry.id);
		// Postgres text holds no NUL, so no project has such a name; asking would fail the whole request.
		else if (!name.includes("\0")) unknown.push(name);
	}
	if (unknown.length === 0) return found;
	const ids = await lookUp(unknown);
	if (known.size > NAMES_MAX) known.clear();
	for (const name of unknown) {
		const id = ids.get(name);
		if (id === undefined) continue;
		known.set(name, { id, at: now });
		found.set(name, id);
	}
	return found;
}

const lookUp = together<string, string>(async (names) => {
	const rows = await withDatabase(() =>
		db().project.findMany({ where: { name: { in: [...names] } }, select: { id: true, name: true } }),
	);
	return new Map(rows.map(({ id, name }) => [name, id]));
});

/** Forgets remembered names after a project was renamed or deleted. */
export function forgetProjectNames(): void {
	known.clear();
}
