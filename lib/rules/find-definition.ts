import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { RuleDefinition } from "@/lib/rules/rule";
import { StoredDefinition } from "@/lib/rules/stored-definition";
import { together } from "@/lib/together";

const KEPT_MAX = 1000;

// A version never changes.
const known = new Map<string, RuleDefinition>();

/** What a rule said when it had that version; null once the rule is deleted. */
export async function findDefinition(ruleId: string, version: number): Promise<RuleDefinition | null> {
	const key = `${ruleId}:${version}`;
	const kept = known.get(key);
	if (kept) return kept;
	const found = (await findDefinitions([key])).get(key);
	if (!found) return null;
	if (known.size >= KEPT_MAX) known.clear();
	known.set(key, found);
	return found;
}

const findDefinitions = together<string, RuleDefinition>(async (keys) => {
	const wanted = keys.map((key) => {
		const [ruleId = "", version] = key.split(":");
		return { ruleId, version: Number(version) };
	});
	const rows = await withDatabase(() => db().ruleVersion.findMany({ where: { OR: wanted } }));
	return new Map(
		rows.map(({ ruleId, version, definition }) => [`${ruleId}:${version}`, StoredDefinition.parse(definition)]),
	);
});
