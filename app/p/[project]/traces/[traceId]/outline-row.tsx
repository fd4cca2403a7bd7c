"use client";

import { ChevronRight, Unlink } from "lucide-react";
import Link from "next/link";
import { memo } from "react";
import { classNames } from "@/app/_ui/class-names";
import { SpanKindIcon } from "@/app/p/[project]/traces/[traceId]/span-kind-icon";
import type { SpanRow } from "@/app/p/[project]/traces/[traceId]/span-rows";

/** Deeper levels are not pushed further to the right: the name must stay readable. */
const INDENT_LEVELS_MAX = 12;
const INDENT_PX = 14;

const DETACHED = {
	missing_parent: "The parent of this span has not arrived",
	cycle: "The parents of this span form a circle, which was cut here",
};
const DOTS: Record<NonNullable<SpanRow["evaluation"]>, string> = {
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

interface Props {
	row: SpanRow;
	href: string;
	chosen: boolean;
	folded: boolean;
	onToggle: (spanId: string) => void;
	onChoose: (spanId: string) => void;
}

export const OutlineRow = memo(function OutlineRow({ row, href, chosen, folded, onToggle, onChoose }: Props) {
	const indent = Math.min(row.depth, INDENT_LEVELS_MAX) * INDENT_PX;
	return (
		<li
			className={classNames(
				"flex h-7 items-center pr-3 pl-2 text-xs [contain-intrinsic-size:auto_28px] [content-visibility:auto]",
				chosen ? "bg-accent-soft" : "hover:bg-hover",
			)}
		>
			<span style={{ width: indent }} className="shrink-0" />
			{row.descendants > 0 ? (
				<button
					type="button"
					aria-expanded={!folded}
					aria-label={`${row.name}: ${row.descendants} spans below`}
					onClick={() => onToggle(row.spanId)}
					className="grid size-5 shrink-0 place-items-center rounded text-faint hover:text-ink focus-visible:-outline-offset-2"
				>
					<ChevronRight aria-hidden className={classNames("size-3.5", !folded && "rotate-90")} />
				</button>
			) : (
				<span className="w-5 shrink-0" />
			)}
			<Link
				data-span
				href={href}
				scroll={false}
				prefetch={false}
				aria-current={chosen ? "true" : undefined}
				onClick={() => onChoose(row.spanId)}
				className="flex h-full min-w-0 flex-1 items-center gap-1.5 rounded focus-visible:-outline-offset-2"
			>
				<SpanKindIcon kind={row.kind} />
				<span
					className={classNames("min-w-0 flex-1 truncate", row.failed ? "text-fail" : "text-ink")}
					title={row.ownName}
				>
					{row.name}
					<span className="sr-only">
						, {row.kind}, level {row.depth + 1}
						{row.failed && ", failed"}
						{row.evaluation && `, evaluation ${row.evaluation}`}
					</span>
				</span>
				{row.detached && (
					<span title={DETACHED[row.detached]} className="shrink-0 text-warn">
						<Unlink aria-label={DETACHED[row.detached]} className="size-3.5" />
					</span>
				)}
				{row.evaluation && (
					<span
						title={`Evaluation: ${row.evaluation}`}
						className={classNames("size-2 shrink-0 rounded-full", DOTS[row.evaluation])}
					/>
				)}
				<span className="w-16 shrink-0 text-right text-2xs text-muted tabular-nums">{row.duration ?? "–"}</span>
				<span aria-hidden className="relative hidden h-2 w-24 shrink-0 rounded-sm bg-sunken sm:block">
					{row.bar && (
						<span
							className={classNames("absolute inset-y-0 min-w-0.5 rounded-sm", row.failed ? "bg-bar-fail" : "bg-bar")}
							style={{ left: `min(${row.bar.left}%, calc(100% - 2px))`, width: `${row.bar.width}%` }}
						/>
					)}
				</span>
			</Link>
		</li>
	);
});
