import type { Hit } from "@/lib/traces/hit";

/** Where a searched text stands, with what is around it; the match is marked. */
export function HitText({ hit }: { hit: Pick<Hit, "side" | "before" | "match" | "after"> | null }) {
	if (hit === null) return <span className="text-faint">by its id</span>;
	const { side, before, match, after } = hit;
	return (
		<span title={`${side}: …${before}${match}${after}…`} className="flex min-w-0 items-baseline">
			<span className="mr-1.5 shrink-0 rounded bg-sunken px-1 text-2xs text-faint">{side}</span>
			{/* The match stays in sight however long the text before it is. */}
			<bdi className="max-w-1/2 min-w-0 truncate whitespace-pre text-right text-muted [direction:rtl]">
				<bdi dir="ltr">{oneLine(before).replace(/ $/, "\u00a0")}</bdi>
			</bdi>
			<span className="min-w-0 flex-1 truncate whitespace-pre text-muted">
				<mark className="rounded-xs bg-warn-soft text-ink">{oneLine(match)}</mark>
				{oneLine(after)}
			</span>
		</span>
	);
}

function oneLine(text: string): string {
	return text.replace(/\s+/g, " ");
}
