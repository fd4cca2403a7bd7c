import Link from "next/link";
import { buttonClass } from "@/app/_ui/button";
import { classNames } from "@/app/_ui/class-names";
import { LiveRefresh } from "@/app/p/[project]/live-refresh";
import { traceSearchHref } from "@/app/p/[project]/traces/search-params";

interface Props {
	path: string;
	on: boolean;
	/** There are rows that a refresh would move under the eyes of a reader who has scrolled down. */
	waitWhileScrolled: boolean;
}

/** Turns refreshing on and off; the address remembers which. */
export function LiveSwitch({ path, on, waitWhileScrolled }: Props) {
	return (
		<>
			{on && <LiveRefresh renderedAtMs={Date.now()} waitWhileScrolled={waitWhileScrolled} />}
			<Link
				href={traceSearchHref(path, { liveOff: on })}
				replace
				scroll={false}
				prefetch={false}
				role="switch"
				aria-checked={on}
				title={on ? "New traces appear by themselves" : "The page does not refresh by itself"}
				className={buttonClass()}
			>
				<span aria-hidden className="relative flex size-2">
					{on && (
						<span className="absolute inset-0 animate-ping rounded-full bg-pass opacity-60 [animation-duration:2s]" />
					)}
					<span className={classNames("relative size-2 rounded-full", on ? "bg-pass" : "bg-field-line")} />
				</span>
				Live
			</Link>
		</>
	);
}
