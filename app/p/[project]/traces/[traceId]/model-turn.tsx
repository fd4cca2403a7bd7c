"use client";

import { Chip } from "@/app/_ui/chip";
import { CONTINUATION, Fold } from "@/app/_ui/fold";
import { FoldedText } from "@/app/_ui/folded-text";
import { formatCount, formatCounted } from "@/app/_ui/format-number";
import { conversationTurns, type Turn } from "@/app/p/[project]/traces/[traceId]/conversation-turns";
import { MessageTurn } from "@/app/p/[project]/traces/[traceId]/message-turn";
import type { SpanBody } from "@/app/p/[project]/traces/[traceId]/span-body";
import type { TranscriptItem } from "@/app/p/[project]/traces/[traceId]/transcript-items";
import type { Message } from "@/lib/span/message";

interface Props {
	item: TranscriptItem;
	body: SpanBody;
	mediaHref: string;
	onUnfoldEarlier: () => void;
}

/** What a call said that was not said before, and what the model answered. Calls and results that have entries are left out. */
export function ModelTurn({ item, body, mediaHref, onUnfoldEarlier }: Props) {
	const isWhole = body.earlier === 0;
	const input = item.toolsBefore && !isWhole ? body.input.filter((message) => !isToolResult(message)) : body.input;
	const called = item.toolsAfter ? calledTools(body.output) : [];
	const output = item.toolsAfter ? body.output.map(withoutCalls).filter(({ parts }) => parts.length > 0) : body.output;
	const turns = conversationTurns(input, output).map((turn) => placed(turn, body));
	return (
		<div className="flex flex-col pb-1">
			{body.system && (
				<Fold
					className="px-2 text-xs"
					summaryClassName="rounded py-0.5 text-faint hover:text-ink"
					summary={
						<>
							<span className="shrink-0">System prompt</span>
							{body.system.changed && <Chip tone="warn">changed</Chip>}
							<span className="truncate">{body.system.text}</span>
						</>
					}
				>
					<FoldedText text={body.system.text} className="px-3 py-1.5 text-muted" />
				</Fold>
			)}
			{body.earlier > 0 && (
				<button
					type="button"
					onClick={onUnfoldEarlier}
					className={`min-h-6 w-fit px-2 text-left ${CONTINUATION}`}
					title="Messages that the call before had, too"
				>
					+{formatCount(body.earlier)} earlier
				</button>
			)}
			{turns.map((turn) => (
				<MessageTurn key={`${turn.side} ${turn.index}`} turn={turn} mediaHref={mediaHref} />
			))}
			{called.length > 0 && (
				<p className="flex flex-wrap gap-1 px-3 pb-1 text-xs text-faint">
					<span>{formatCounted(called.length, "tool call")}:</span>
					{called.map(({ id, name }, index) => (
						<code key={id ?? `${name} ${index}`} className="font-mono text-2xs wrap-anywhere text-muted">
							{name}
						</code>
					))}
				</p>
			)}
			{turns.length === 0 && called.length === 0 && (
				<p className="px-3 pb-1 text-xs text-faint">It gave no messages.</p>
			)}
		</div>
	);
}

// Media are asked for by their place among all messages of the input.
function placed(turn: Turn, { from }: SpanBody): Turn {
	return turn.side === "input" ? { ...turn, index: turn.index + from } : turn;
}

function isToolResult({ parts }: Message): boolean {
	return parts.length > 0 && parts.every(({ type }) => type === "tool_result");
}

function calledTools(output: readonly Message[]): { id?: string; name: string }[] {
	return output.flatMap(({ parts }) => parts.flatMap((part) => (part.type === "tool_call" ? part : [])));
}

function withoutCalls(message: Message): Message {
	return { ...message, parts: message.parts.filter(({ type }) => type !== "tool_call") };
}
