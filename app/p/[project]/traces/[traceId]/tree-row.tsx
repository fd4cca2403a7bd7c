"use client";

import { ChevronRight, RefreshCw, Unlink } from "lucide-react";
import { type MouseEvent, memo } from "react";
import { classNames } from "@/app/_ui/class-names";
import { formatCost } from "@/app/_ui/format-cost";
import { formatDuration } from "@/app/_ui/format-duration";
import { formatCount } from "@/app/_ui/format-number";
import { SpanKindIcon } from "@/app/p/[project]/traces/[traceId]/span-kind-icon";
import type { MarkWord } from "@/app/p/[project]/traces/[traceId]/trace-marks";
import { rowName } from "@/app/p/[project]/traces/[traceId]/visible-rows";
import { usageWords } from "@/app/p/[project]/traces/usage-words";
import { hasFlag, idAt, kindAt, knownAt, modelAt, type Outline, serviceAt, tokensAt } from "@/lib/traces/outline";

/** Deeper levels are not pushed further to the right: the name must stay readable. */
const INDENT_LEVELS_MAX = 12;
const INDENT_PX = 14;

const CYCLE = "The parents of this span form a circle, which was cut here";
const PLACEHOLDER = "Spans below name this one as their parent, and it has not arrived";
const DOTS: Record<MarkWord, string> = {
	passed: "bg-pass",
	failed: "bg-fail",
	scored: "bg-field-line",
	pending: "border border-field-line",
	running: "border border-info animate-pulse",
	"over budget": "border border-field-line",
	blocked: "border border-warn",
	unreadable: "bg-warn",
	"judge failed": "bg-warn",
};

/** Which part of the trace the bars show, in nanoseconds since its start. */
export interface TimeSpan {
	from: number;
	to: number;
}

interface Props {
	outline: Outline;
	row: number;
	href: string;
	chosen: boolean;
	folded: boolean;
	/** What the search found. */
	found: boolean;
	mark: MarkWord | undefined;
	critical: boolean;
	zoom: TimeSpan;
	onToggle: (row: number) => void;
	onChoose: (row: number) => void;
}

/** One line of the tree: what it is, how it went, and when. */
export const TreeRow = memo(function TreeRow(props: Props) {
	const { outline, row, href, chosen, folded, found, mark, onToggle, onChoose } = props;
	const name = rowName(outline, row);
	const failed = hasFlag(outline, row, "failed");
	const below = outline.below[row] ?? 0;
	const depth = outline.depths[row] ?? 0;
	const isPlaceholder = hasFlag(outline, row, "placeholder");
	return (
		<div
			className={classNames("flex h-7 items-center pr-3 pl-2 text-xs", chosen ? "bg-accent-soft" : "hover:bg-hover")}
		>
			<span style={{ width: Math.min(depth, INDENT_LEVELS_MAX) * INDENT_PX }} className="shrink-0" />
			{below > 0 ? (
				<button
					type="button"
					aria-expanded={!folded}
					aria-label={`${name}: ${formatCount(below)} spans below`}
					onClick={() => onToggle(row)}
					className="grid size-6 shrink-0 place-items-center rounded text-faint hover:text-ink focus-visible:-outline-offset-2"
				>
					<ChevronRight aria-hidden className={classNames("size-3.5", !folded && "rotate-90")} />
				</button>
			) : (
				<span className="w-6 shrink-0" />
			)}
			{isPlaceholder ? (
				<span className="flex min-w-0 items-center gap-1.5 text-faint italic" title={PLACEHOLDER}>
					<Unlink aria-hidden className="size-3.5 shrink-0 text-warn" />
					<span className="truncate">{name}</span>
					<code className="truncate font-mono text-2xs not-italic">{idAt(outline, row)}</code>
				</span>
			) : (
				<a
					data-span={idAt(outline, row)}
					href={href}
					aria-current={chosen ? "true" : undefined}
					onClick={(event) => {
						if (!isPlainClick(event)) return;
						event.preventDefault();
						onChoose(row);
					}}
					className="flex h-full min-w-0 flex-1 items-center gap-1.5 rounded focus-visible:-outline-offset-2"
				>
					<SpanKindIcon kind={kindAt(outline, row)} />
					<span
						className={classNames("min-w-0 flex-1 truncate", failed ? "text-fail" : "text-ink")}
						title={titleOf(outline, row, name)}
					>
						<span className={classNames(found && "rounded-xs bg-warn-soft")}>{name}</span>
						<span className="sr-only">
							, {kindAt(outline, row)}, level {depth + 1}
							{failed && ", failed"}
							{mark && `, evaluation ${mark}`}
						</span>
					</span>
					{hasFlag(outline, row, "cycle") && (
						<span title={CYCLE} className="shrink-0 text-warn">
							<RefreshCw aria-label={CYCLE} className="size-3.5" />
						</span>
					)}
					{mark && (
						<span title={`Evaluation: ${mark}`} className={classNames("size-2 shrink-0 rounded-full", DOTS[mark])} />
					)}
					<Figures outline={outline} row={row} />
					<Bar {...props} failed={failed} />
				</a>
			)}
		</div>
	);
});

function Figures({ outline, row }: { outline: Outline; row: number }) {
	const tokens = tokensAt(outline, row);
	const cost = knownAt(outline, "costs", row);
	const duration = knownAt(outline, "durations", row);
	return (
		<>
			{tokens && (
				<span
					title="Input tokens → output tokens"
					className="hidden shrink-0 text-2xs text-faint tabular-nums @xl:block"
				>
					{usageWords(tokens)}
				</span>
			)}
			{cost !== null && (
				<span title="Cost in US dollars" className="hidden shrink-0 text-2xs text-faint tabular-nums @xl:block">
					{formatCost(cost)}
				</span>
			)}
			<span
				title={duration === null ? "Not known" : undefined}
				className="w-14 shrink-0 text-right text-2xs text-muted tabular-nums"
			>
				{duration === null ? "–" : formatDuration(BigInt(duration))}
			</span>
		</>
	);
}

function Bar({ outline, row, zoom, critical, failed }: Props & { failed: boolean }) {
	const start = knownAt(outline, "starts", row);
	const place = start === null ? null : barPlace(start, knownAt(outline, "durations", row) ?? 0, zoom);
	return (
		<span
			aria-hidden
			className="relative hidden h-2.5 w-[26cqi] min-w-24 shrink-0 overflow-hidden rounded-sm bg-sunken sm:block"
		>
			{place && (
				<span
					className={classNames(
						"absolute inset-y-0 min-w-0.5 rounded-sm",
						failed ? "bg-bar-fail" : "bg-bar",
						critical && "border-b-2 border-ink",
					)}
					style={{ left: `min(${place.left}%, calc(100% - 2px))`, width: `${place.width}%` }}
				/>
			)}
		</span>
	);
}

/** Left edge and width of a bar in percent of what is shown; null when it lies outside. */
export function barPlace(
	start: number,
	duration: number,
	{ from, to }: TimeSpan,
): { left: number; width: number } | null {
	const whole = to - from;
	if (whole <= 0) return { left: 0, width: 100 };
	if (start > to || start + duration < from) return null;
	const left = Math.max(0, start - from);
	const right = Math.min(whole, start + duration - from);
	return { left: (100 * left) / whole, width: (100 * Math.max(0, right - left)) / whole };
}

/** Not one that asks for another tab or window. */
export function isPlainClick(event: MouseEvent): boolean {
	return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

function titleOf(outline: Outline, row: number, name: string): string {
	return [name, modelAt(outline, row), serviceAt(outline, row)].filter(Boolean).join(" · ");
}
