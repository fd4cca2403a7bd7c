import { FoldedList } from "@/app/_ui/folded-list";
import { formatCounted } from "@/app/_ui/format-number";
import { SectionFrame } from "@/app/_ui/section-frame";
import { conversationTurns, type Side, type Turn } from "@/app/p/[project]/traces/[traceId]/conversation-turns";
import { MessageTurn } from "@/app/p/[project]/traces/[traceId]/message-turn";
import { ProvenanceNote } from "@/app/p/[project]/traces/[traceId]/provenance-note";
import type { Message } from "@/lib/span/message";

interface Props {
	input: Message[] | null;
	output: Message[] | null;
	/** Which key gave each side. */
	from: Record<Side, string | null>;
	mediaHref: string;
}

/** What was said to the model and what it answered. */
export function Conversation({ input, output, from, mediaHref }: Props) {
	const turns = conversationTurns(input ?? [], output ?? []);
	const count = (input?.length ?? 0) + (output?.length ?? 0);
	const side = (name: Side) => turns.filter((turn) => turn.side === name);
	return (
		<SectionFrame title="Conversation" note={formatCounted(count, "message")}>
			{input && <ConversationSide title="Input" turns={side("input")} from={from.input} mediaHref={mediaHref} />}
			{output && <ConversationSide title="Output" turns={side("output")} from={from.output} mediaHref={mediaHref} />}
		</SectionFrame>
	);
}

interface SideProps {
	title: string;
	turns: Turn[];
	from: string | null;
	mediaHref: string;
}

function ConversationSide({ title, turns, from, mediaHref }: SideProps) {
	return (
		<section aria-label={title} className="border-line [section+&]:border-t">
			<header className="flex flex-wrap items-baseline gap-x-2 px-3 pt-2">
				<h4 className="text-2xs font-medium text-faint">{title}</h4>
				<ProvenanceNote from={from} />
			</header>
			{turns.length === 0 && <p className="px-3 pt-1 pb-2 text-xs text-faint">No messages</p>}
			<FoldedList
				items={turns}
				noun="message"
				className="divide-y divide-line"
				render={(turn) => <MessageTurn turn={turn} mediaHref={mediaHref} />}
			/>
		</section>
	);
}
