import type { Field } from "@/lib/filter/field";
import { FIELDS, KEYED } from "@/lib/filter/fields";
import { didYouMean } from "@/lib/text/nearest-name";

/** Other spellings that people type. */
const ALIASES: ReadonlyMap<string, string> = new Map([
	["duration", "latency"],
	["time", "start"],
	["attributes", "attribute"],
	["tag", "tags"],
	["env", "environment"],
	["session.id", "session"],
	["user.id", "user"],
	["trace.id", "trace"],
	["span.id", "span"],
	["error.type", "error"],
]);

const byName: ReadonlyMap<string, Field> = new Map(FIELDS.map((field) => [field.name, field]));
const NAMES: readonly string[] = [...byName.keys(), ...KEYED.map(({ name }) => name)];

/**
 * The field of a name, letter case and other spellings alike; for `attribute.`, `metadata.` and `resource.`, what follows is
 * the key as it is. Null when there is none.
 */
export function findField(name: string): Field | null {
	const lower = name.toLowerCase();
	const plain = byName.get(ALIASES.get(lower) ?? lower);
	if (plain) return plain;
	for (const { name: prefix, about, places } of KEYED) {
		for (const spelling of spellingsOf(prefix)) {
			const key = name.slice(spelling.length + 1).toWellFormed();
			// ClickHouse's maps do not find the empty key.
			if (lower.startsWith(`${spelling}.`) && key !== "") {
				return { name: `${prefix}.${key}`, type: "value", about, places: places(key) };
			}
		}
	}
	return null;
}

/** The name that holds keys (`attribute`), if it is one; else null. */
export function keyedName(name: string): string | null {
	const lower = name.toLowerCase();
	return KEYED.find(({ name: prefix }) => spellingsOf(prefix).includes(lower))?.name ?? null;
}

/** What to say of a name that is no field's. */
export function unknownField(name: string): string {
	const shown = name.length > 64 ? `${name.slice(0, 64).toWellFormed()}...` : name;
	if (keyedName(name.replace(/\.$/, "")) !== null) return `\`${shown}\` needs a key, as in \`attribute["http.route"]\``;
	return `unknown field \`${shown}\`${didYouMean(name, [...NAMES, ...ALIASES.keys()])}`;
}

function spellingsOf(prefix: string): string[] {
	return [prefix, ...[...ALIASES].filter(([, name]) => name === prefix).map(([alias]) => alias)];
}
