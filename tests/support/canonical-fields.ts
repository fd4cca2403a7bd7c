import type { DerivedFields } from "@/lib/span/derived-fields";

/** Derived fields under the names of the canonical record. */
export function canonicalFields(derived: DerivedFields): Record<string, unknown> {
	const named = Object.fromEntries(
		Object.entries(derived).map(([key, value]) => [key.replace(/[A-Z]/g, (upper) => `_${upper.toLowerCase()}`), value]),
	);
	return {
		...named,
		cost_usd: derived.reportedCostUsd,
		tool_definitions: derived.toolDefinitions?.map(({ name }) => name) ?? null,
		evaluation:
			derived.evaluation &&
			Object.fromEntries(Object.entries(derived.evaluation).filter(([, value]) => value !== null)),
	};
}
