"use client";

import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Chip } from "@/app/_ui/chip";
import { classNames } from "@/app/_ui/class-names";
import { formatCost } from "@/app/_ui/format-cost";
import { formatDuration } from "@/app/_ui/format-duration";
import { formatCount } from "@/app/_ui/format-number";
import { ModelTurn } from "@/app/p/[project]/traces/[traceId]/model-turn";
import type { SpanBody } from "@/app/p/[project]/traces/[traceId]/span-body";
import { SpanKindIcon } from "@/app/p/[project]/traces/[traceId]/span-kind-icon";
import { ToolCallCard } from "@/app/p/[project]/traces/[traceId]/tool-call-card";
import type { TranscriptItem } from "@/app/p/[project]/traces/[traceId]/transcript-items";
import { isPlainClick } from "@/app/p/[project]/traces/[traceId]/tree-row";
import { rowName } from "@/app/p/[project]/traces/[traceId]/visible-rows";
import { usageWords } from "@/app/p/[project]/traces/usage-words";
import { hasFlag, idAt, kindAt, knownAt, modelAt, type Outline, tokensAt } from "@/lib/traces/outline";

const INDENT_LEVELS_MAX = 6;
const INDENT_PX = 12;

interface Props {
	outline: Outline;
	item: TranscriptItem;
	/** Undefined until it is read. */
	body: SpanBody | undefined;
	href: string;
	mediaHref: string;
	chosen: boolean;
	folded: boolean;
	onChoose: (row: number) => void;
	onFold: (row: number, fold: boolean) => void;
	onUnfoldEarlier: () => void;
}

/** One thing that was said or done: a line that says what and how it went, and below it what it says. */
export function TranscriptEntry(props: Props) {
	const { outline, item, body, chosen, folded, onFold } = props;
	const below = outline.below[item.row] ?? 0;
	const indent = Math.min(Math.max(0, item.level - 1), INDENT_LEVELS_MAX) * INDENT_PX;
	return (
		<div className="py-1 pr-3" style={{ paddingLeft: 12 + indent }}>
			<article
				aria-label={`${kindAt(outline, item.row)} ${rowName(outline, item.row)}`}
				className={classNames(
					"rounded-md border",
					chosen ? "border-accent-ink" : "border-transparent",
					item.role === "agent" && "bg-sunken",
				)}
			>
				<header className="flex min-h-7 items-center gap-1.5 px-2 text-xs">
					{item.role === "agent" && below > 0 && (
						<button
							type="button"
							aria-expanded={!folded}
							aria-label={`${rowName(outline, item.row)}: ${formatCount(below)} spans below`}
							onClick={() => onFold(item.row, !folded)}
							className="grid size-6 shrink-0 place-items-center rounded text-faint hover:text-ink"
						>
							<ChevronRight aria-hidden className={classNames("size-3.5", !folded && "rotate-90")} />
						</button>
					)}
					<Title {...props} />
				</header>
				{body ? <Said {...props} body={body} /> : <Unread />}
			</article>
		</div>
	);
}

function Title({ outline, item: { row }, href, chosen, onChoose }: Props) {
	const failed = hasFlag(outline, row, "failed");
	const duration = knownAt(outline, "durations", row);
	const cost = knownAt(outline, "costs", row);
	const tokens = tokensAt(outline, row);
	const model = modelAt(outline, row);
	const name = rowName(outline, row);
	return (
		<a
			data-span={idAt(outline, row)}
			href={href}
			aria-current={chosen ? "true" : undefined}
			onClick={(event) => {
				if (!isPlainClick(event)) return;
				event.preventDefault();
				onChoose(row);
			}}
			className="flex min-w-0 flex-1 items-center gap-1.5 rounded text-faint hover:text-ink"
		>
			<SpanKindIcon kind={kindAt(outline, row)} />
			<h3 className={classNames("min-w-0 truncate font-medium", failed ? "text-fail" : "text-muted")}>{name}</h3>
			{failed && <Chip tone="fail">failed</Chip>}
			<span className="ml-auto flex shrink-0 items-center gap-3 text-2xs tabular-nums">
				{model && !name.includes(model) && <span className="hidden @xl:inline">{model}</span>}
				{tokens && <span title="Input tokens → output tokens">{usageWords(tokens)}</span>}
				{cost !== null && <span title="Cost in US dollars">{formatCost(cost)}</span>}
				{duration !== null && <span>{formatDuration(BigInt(duration))}</span>}
			</span>
		</a>
	);
}

function Said(props: Props & { body: SpanBody }) {
	const { item, body, folded, href } = props;
	const content: Record<TranscriptItem["role"], () => ReactNode> = {
		model: () => <ModelTurn {...props} />,
		tool: () => (
			<div className="px-2 pb-1.5">
				<ToolCallCard
					name={body.toolName ?? rowName(props.outline, item.row)}
					call={{ arguments: body.toolArguments ?? body.inputText ?? undefined }}
					result={toolResult(body)}
				/>
			</div>
		),
		agent: () => folded && <InAndOut body={body} />,
		step: () => <InAndOut body={body} />,
	};
	return (
		<>
			{content[item.role]()}
			{body.error && item.role !== "tool" && (
				<p className="px-2 pb-1.5 text-xs wrap-anywhere text-fail">{body.error}</p>
			)}
			{body.isCut && (
				<p className="px-2 pb-1.5 text-xs text-faint">
					Long texts are cut here;{" "}
					<a href={href} className="text-accent-ink hover:underline">
						the span has them whole
					</a>
					.
				</p>
			)}
		</>
	);
}

function toolResult(body: SpanBody): Parameters<typeof ToolCallCard>[0]["result"] {
	const result = body.toolResult ?? body.outputText;
	if (body.error !== null) return { type: "tool_result", result: body.error || result, is_error: true };
	return result === null || result === undefined ? null : { type: "tool_result", result };
}

function InAndOut({ body: { inputText, outputText } }: { body: SpanBody }) {
	const lines = [
		["In", inputText],
		["Out", outputText],
	].filter(([, text]) => text);
	if (lines.length === 0) return null;
	return (
		<dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-2 px-2 pb-1.5 text-xs">
			{lines.map(([label, text]) => (
				<div key={label} className="contents">
					<dt className="text-faint">{label}</dt>
					<dd className="line-clamp-3 wrap-anywhere text-ink">{text}</dd>
				</div>
			))}
		</dl>
	);
}

/** Takes about the room of what comes, so that little moves. */
function Unread() {
	return <div aria-hidden className="mx-2 mb-2 h-10 rounded bg-sunken" />;
}
