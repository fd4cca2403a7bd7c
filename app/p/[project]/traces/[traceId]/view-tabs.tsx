"use client";

import { CircleDollarSign, OctagonX, Timer } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/app/_ui/button";
import { classNames } from "@/app/_ui/class-names";
import { type Jump, jumpTarget } from "@/app/p/[project]/traces/[traceId]/jump-target";
import { TRACE_VIEWS, type TraceViewName } from "@/app/p/[project]/traces/[traceId]/trace-place";
import { isPlainClick } from "@/app/p/[project]/traces/[traceId]/tree-row";
import type { TracePlaceHandle } from "@/app/p/[project]/traces/[traceId]/use-trace-place";
import type { Outline } from "@/lib/traces/outline";

const WORDS: Record<TraceViewName, string> = { tree: "Tree", transcript: "Transcript", raw: "Raw" };

interface Props {
	place: TracePlaceHandle;
	outline: Outline;
	onShow: (view: TraceViewName) => void;
	onJump: (jump: Jump) => void;
}

/** Which view of the trace is shown, and the short ways to what one looks for first. */
export function ViewTabs({ place, outline, onShow, onJump }: Props) {
	return (
		<div className="flex h-9 shrink-0 items-center gap-1 border-b border-line bg-sunken px-2">
			<nav aria-label="Views of the trace" className="flex items-center gap-0.5">
				{TRACE_VIEWS.map((view) => (
					<a
						key={view}
						href={place.hrefOf({ view })}
						aria-current={place.view === view ? "true" : undefined}
						onClick={(event) => {
							if (!isPlainClick(event)) return;
							event.preventDefault();
							onShow(view);
						}}
						className={classNames(
							"rounded-md px-2 py-1 text-xs font-medium text-muted hover:bg-hover hover:text-ink",
							"aria-[current]:bg-surface aria-[current]:text-ink aria-[current]:shadow-xs",
						)}
					>
						{WORDS[view]}
					</a>
				))}
			</nav>
			<span className="ml-auto flex items-center">
				<JumpButton jump="error" label="Next error (x)" {...{ outline, onJump }}>
					<OctagonX aria-hidden className="size-3.5" />
				</JumpButton>
				<JumpButton jump="slowest" label="Slowest span (s)" {...{ outline, onJump }}>
					<Timer aria-hidden className="size-3.5" />
				</JumpButton>
				<JumpButton jump="costliest" label="Most expensive span (c)" {...{ outline, onJump }}>
					<CircleDollarSign aria-hidden className="size-3.5" />
				</JumpButton>
			</span>
		</div>
	);
}

interface JumpProps {
	jump: Jump;
	label: string;
	outline: Outline;
	onJump: (jump: Jump) => void;
	children: ReactNode;
}

function JumpButton({ jump, label, outline, onJump, children }: JumpProps) {
	return (
		<Button
			variant="ghost"
			size="icon"
			aria-label={label}
			title={label}
			disabled={jumpTarget(outline, -1, jump) < 0}
			onClick={() => onJump(jump)}
		>
			{children}
		</Button>
	);
}
