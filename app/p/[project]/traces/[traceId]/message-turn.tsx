import { Chip } from "@/app/_ui/chip";
import { clipText, LINE_CHARS_MAX } from "@/app/_ui/clip-text";
import { FoldedList } from "@/app/_ui/folded-list";
import { LineText } from "@/app/_ui/line-text";
import type { Turn } from "@/app/p/[project]/traces/[traceId]/conversation-turns";
import { MessagePart } from "@/app/p/[project]/traces/[traceId]/message-part";

interface Props {
	turn: Turn;
	/** Address of the span's media, ready for more parameters. */
	mediaHref: string;
}

/** Who said it, and what. */
export function MessageTurn({ turn: { side, index, message, parts }, mediaHref }: Props) {
	return (
		<article
			aria-label={`Message of ${clipText(message.role, LINE_CHARS_MAX).shown}`}
			className="flex flex-col gap-1.5 px-3 py-2.5"
		>
			<header className="flex flex-wrap items-center gap-x-2 gap-y-1">
				<h4 className="text-xs font-semibold wrap-anywhere text-muted">
					<LineText text={message.role} />
				</h4>
				{message.name && (
					<span className="text-xs wrap-anywhere text-faint">
						<LineText text={message.name} />
					</span>
				)}
				{message.truncated && (
					<Chip tone="warn" title="The sender cut this message: what is left is shown as text">
						cut by the sender
					</Chip>
				)}
				{message.finish_reason && (
					<Chip title="Why the model stopped">
						<LineText text={message.finish_reason} />
					</Chip>
				)}
			</header>
			{parts.length === 0 && <p className="text-xs text-faint">(empty)</p>}
			<FoldedList
				items={parts}
				noun="part"
				className="flex flex-col gap-2"
				render={(turnPart) => (
					<MessagePart
						turnPart={turnPart}
						terse={message.role === "system"}
						dataHref={`${mediaHref}&side=${side}&message=${index}&part=${turnPart.index}`}
					/>
				)}
			/>
		</article>
	);
}
