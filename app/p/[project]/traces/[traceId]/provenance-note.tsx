import { provenanceWords } from "@/app/p/[project]/traces/[traceId]/provenance-words";

/** Which key of the span gave a value. */
export function ProvenanceNote({ from }: { from: string | null | undefined }) {
	const words = provenanceWords(from);
	if (!words) return null;
	return (
		<span className="font-mono text-2xs wrap-anywhere text-faint" title={words}>
			{words}
		</span>
	);
}
