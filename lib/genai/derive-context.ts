import type { Evidence, Found } from "@/lib/genai/dialect";
import { parseLoose } from "@/lib/genai/messages/json-value";

const METADATA_KEYS_MAX = 256;
const TAGS_MAX = 256;

/** Text of a scalar; structures are no ids and no names. */
export function scalarText(value: unknown): string | null {
	return typeof value === "object" ? null : String(value);
}

/** A list of tags as senders write it: a list, the JSON of one, or text with commas. */
export function deriveTags(evidence: Evidence): Found<string[]> | null {
	return evidence.firstOf("tags", (value) => {
		const list = Array.isArray(value) ? value : typeof value === "string" ? value.split(",") : [];
		const tags = list
			.flatMap((tag) => (typeof tag === "object" ? [] : [String(tag).trim()]))
			.filter((tag) => tag !== "");
		return tags.length > 0 ? [...new Set(tags)].slice(0, TAGS_MAX) : null;
	});
}

/** Every map of metadata that the span bears, as one; of a key told twice the earlier row's value stays. */
export function mergeMaps(
	evidence: Evidence,
	field: "metadata" | "traceMetadata",
): Found<Record<string, unknown>> | null {
	if (!evidence.mentions(field)) return null;
	const merged = new Map<string, unknown>();
	let from: string | null = null;
	for (const found of evidence.all(field)) {
		const map = typeof found.value === "string" ? parseLoose(found.value).value : found.value;
		if (typeof map !== "object" || map === null || Array.isArray(map)) continue;
		for (const [key, value] of Object.entries(map)) {
			if (merged.size < METADATA_KEYS_MAX && !merged.has(key)) merged.set(key, value);
		}
		from ??= found.from;
	}
	return from !== null && merged.size > 0 ? { value: Object.fromEntries(merged), from } : null;
}
