"use client";

import { buttonClass } from "@/app/_ui/button";
import { classNames } from "@/app/_ui/class-names";
import { useKey } from "@/app/p/[project]/_keys/use-key";
import { ListLink } from "@/app/p/[project]/_list/list-link";
import { useListNavigation } from "@/app/p/[project]/_list/list-navigation";
import type { ListPlace } from "@/app/p/[project]/_list/list-table";
import { LiveTail } from "@/app/p/[project]/_list/live-tail";
import { LiveRefresh } from "@/app/p/[project]/live-refresh";
import { fromTheStart, traceSearchHref } from "@/app/p/[project]/traces/search-params";

interface Props {
	place: Pick<ListPlace, "base" | "path" | "search">;
	renderedAtMs: number;
	/** Nothing ever came: what was refused is news too, and no stream tells of it. */
	isWaiting?: boolean;
}

/** Turns refreshing on and off; the address remembers which. It waits while the reader has scrolled down. */
export function LiveSwitch({ place: { base, path, search }, renderedAtMs, isWaiting }: Props) {
	const { go } = useListNavigation();
	const on = !search.liveOff;
	const href = traceSearchHref(path, { ...fromTheStart(search), liveOff: on });
	useKey("live", () => go(href, { replace: true }));
	return (
		<>
			{on && (
				<LiveTail>
					<LiveRefresh renderedAtMs={renderedAtMs} newsFrom={isWaiting ? undefined : `${base}/traces/live`} />
				</LiveTail>
			)}
			<ListLink
				href={href}
				replace
				role="switch"
				aria-checked={on}
				title={on ? "New rows appear by themselves" : "The page does not refresh by itself"}
				className={buttonClass()}
			>
				<span aria-hidden className="relative flex size-2">
					{on && (
						<span className="absolute inset-0 animate-ping rounded-full bg-pass opacity-60 [animation-duration:2s]" />
					)}
					<span className={classNames("relative size-2 rounded-full", on ? "bg-pass" : "bg-field-line")} />
				</span>
				Live
			</ListLink>
		</>
	);
}
