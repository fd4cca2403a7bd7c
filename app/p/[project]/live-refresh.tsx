"use client";

import {
	unstable_isUnrecognizedActionError as isUnrecognizedAction,
	unstable_rethrow as rethrowNavigation,
} from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { Chip } from "@/app/_ui/chip";
import { refreshView } from "@/app/p/[project]/refresh-view";

/** With the answer itself, what is new shows within two seconds. */
const PAUSE_MS = 1000;
const SCROLLED_PX = 160;

interface Props {
	/** Waits while the reader has scrolled down, so that rows do not move under their eyes. */
	waitWhileScrolled?: boolean;
}

/**
 * Refreshes the page while somebody looks at it. It goes through a server action, because `router.refresh()` answers a
 * server that is away for a moment by leaving the page for the browser's own error page.
 */
export function LiveRefresh({ waitWhileScrolled = false }: Props) {
	const [state, setState] = useState<"live" | "waiting" | "lost">("live");
	const [, startTransition] = useTransition();

	useEffect(() => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		let underWay = false;
		let waiting = false;
		let stopped = false;

		const scrolled = () => waitWhileScrolled && window.scrollY > SCROLLED_PX;

		function schedule(ms: number) {
			clearTimeout(timer);
			if (!stopped) timer = setTimeout(tick, ms);
		}

		function tick() {
			if (underWay || document.visibilityState !== "visible") return;
			if (scrolled()) {
				waiting = true;
				setState("waiting");
				return;
			}
			underWay = true;
			const started = performance.now();
			startTransition(async () => {
				try {
					await refreshView();
					setState("live");
				} catch (error) {
					rethrowNavigation(error);
					// The server runs a newer build: only a new page knows its actions.
					if (isUnrecognizedAction(error)) window.location.reload();
					setState("lost");
				} finally {
					underWay = false;
					// A slow server is left alone for as long as it took.
					schedule(Math.max(PAUSE_MS, performance.now() - started));
				}
			});
		}

		const soon = () => schedule(0);
		const onScroll = () => {
			if (!waiting || scrolled()) return;
			waiting = false;
			setState("live");
			soon();
		};
		document.addEventListener("visibilitychange", soon);
		if (waitWhileScrolled) window.addEventListener("scroll", onScroll, { passive: true });
		schedule(PAUSE_MS);
		return () => {
			stopped = true;
			clearTimeout(timer);
			document.removeEventListener("visibilitychange", soon);
			window.removeEventListener("scroll", onScroll);
		};
	}, [waitWhileScrolled]);

	return (
		<span role="status" className="empty:-mr-2">
			{state === "waiting" && <Chip>Paused while scrolled</Chip>}
			{state === "lost" && <Chip tone="warn">Server does not answer, trying again</Chip>}
		</span>
	);
}
