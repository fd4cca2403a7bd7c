import { clipText } from "@/app/_ui/clip-text";
import { FoldedText } from "@/app/_ui/folded-text";
import type { TurnPart } from "@/app/p/[project]/traces/[traceId]/conversation-turns";
import { MediaReference } from "@/app/p/[project]/traces/[traceId]/media-reference";
import { PartFold } from "@/app/p/[project]/traces/[traceId]/part-fold";
import { StructuredValue } from "@/app/p/[project]/traces/[traceId]/structured-value";
import { ToolCallCard } from "@/app/p/[project]/traces/[traceId]/tool-call-card";

interface Props {
	turnPart: TurnPart;
	/** Our own address of the part's bytes. */
	dataHref: string;
	/** Instructions are long and the same on every call: they fold sooner. */
	terse: boolean;
}

const TERSE = { shownChars: 400, shownLines: 6 };

/** One part of a message, as what it is. */
export function MessagePart({ turnPart: { part, result }, dataHref, terse }: Props) {
	switch (part.type) {
		case "text":
			return <FoldedText text={part.text} {...(terse ? TERSE : {})} />;
		case "reasoning":
			if (!part.text) return <p className="text-xs text-faint">Reasoning that only the provider can read</p>;
			return (
				<PartFold title="Reasoning">
					<FoldedText text={part.text} className="text-muted" />
				</PartFold>
			);
		case "tool_call":
			return <ToolCallCard name={part.name} id={part.id} call={part} result={result} />;
		case "tool_result":
			return <ToolCallCard name={part.name ?? "unnamed tool"} id={part.id} result={part} />;
		case "refusal":
			return (
				<div className="rounded-md border border-line bg-warn-soft px-2.5 py-1.5">
					<h5 className="text-2xs text-warn">Refused</h5>
					<FoldedText text={part.text} />
				</div>
			);
		case "other":
			return (
				<PartFold title="Something else, as it was sent">
					<StructuredValue value={part.raw} />
				</PartFold>
			);
		default:
			return (
				<MediaReference
					part={part.url === undefined ? part : { ...part, url: clipText(part.url).shown }}
					dataHref={dataHref}
				/>
			);
	}
}
