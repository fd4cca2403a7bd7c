import { Unknown } from "@/app/p/[project]/_list/unknown";
import { usageDetails, usageWords } from "@/app/p/[project]/traces/usage-words";
import type { Usage } from "@/lib/span/usage";

export function TokensCell({ usage }: { usage: Usage | null }) {
	if (!usage) return <Unknown />;
	const details = usageDetails(usage);
	return <span title={`Input tokens → output tokens${details ? `\n${details}` : ""}`}>{usageWords(usage)}</span>;
}
