import { clipText, LINE_CHARS_MAX } from "@/app/_ui/clip-text";
import { provenanceWords } from "@/app/p/[project]/traces/[traceId]/provenance-words";

/** Which key of the span gave a value. */
export function ProvenanceNote({ from }: { from: string | null | undefined }) {
	const whole = provenanceWords(from);
	if (!whole) return null;
	const words = clipText(whole, LINE_CHARS_MAX).shown;
	return (
		<span className="font-mono text-2xs wrap-anywhere text-faint" title={words}>
			{words}
		</span>
	);
}
