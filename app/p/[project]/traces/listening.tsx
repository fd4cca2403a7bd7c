"use client";

import { classNames } from "@/app/_ui/class-names";
import { type LiveState, useLiveState } from "@/app/p/[project]/live-state";

const WORDS: Record<LiveState, string> = {
	starting: "Starting to listen",
	live: "Listening",
	trouble: "The server does not answer, trying again",
	off: "Not listening while Live is off",
};

/** Whether this page would notice a trace that comes now. */
export function Listening() {
	const state = useLiveState();
	return (
		<p
			role="status"
			className="inline-flex items-center gap-2 rounded-full border border-line bg-surface px-3 py-1 text-xs font-medium text-ink"
		>
			<span aria-hidden className="relative flex size-2">
				{state === "live" && (
					<span className="absolute inset-0 animate-ping rounded-full bg-pass opacity-60 [animation-duration:2s]" />
				)}
				<span
					className={classNames(
						"relative size-2 rounded-full",
						{ starting: "bg-field-line", live: "bg-pass", trouble: "bg-warn", off: "bg-field-line" }[state],
					)}
				/>
			</span>
			{WORDS[state]}
		</p>
	);
}
