import { formatCost } from "@/app/_ui/format-cost";
import type { Cost, DerivedFields } from "@/lib/span/derived-fields";

/** The cost of a span's own model call in words; null when there is nothing to say. */
export function costWords(
	{ costUsd, costInput, costOutput, costSource, priceVersion, costNote }: Cost,
	{ usage }: Pick<DerivedFields, "usage">,
): { amount: string; split: string | null; basis: string | null } | null {
	if (costUsd === null) {
		if (!usage && !costNote) return null;
		return { amount: "not known", split: null, basis: costNote };
	}
	const split = [
		costInput === null ? null : `${formatCost(costInput)} input`,
		costOutput === null ? null : `${formatCost(costOutput)} output`,
	].filter((words) => words !== null);
	const source = costSource === null ? null : SOURCES[costSource](priceVersion);
	return {
		amount: formatCost(costUsd),
		split: split.length > 0 ? split.join(" + ") : null,
		basis: [source, costNote].filter(Boolean).join("; ") || null,
	};
}

const SOURCES: Record<NonNullable<Cost["costSource"]>, (version: string | null) => string> = {
	reported: () => "as the sender reported it",
	override: (version) => `computed with a price of this project${version ? ` (${version})` : ""}`,
	"genai-prices": (version) => `computed with list prices${version ? ` (${version})` : ""}`,
};
