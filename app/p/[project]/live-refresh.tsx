"use client";

import {
	unstable_isUnrecognizedActionError as isUnrecognizedAction,
	unstable_rethrow as rethrowNavigation,
} from "next/navigation";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Chip } from "@/app/_ui/chip";
import { publishLiveState } from "@/app/p/[project]/live-state";
import { refreshView } from "@/app/p/[project]/refresh-view";

/** With the answer itself, what is new shows within two seconds. */
const PAUSE_MS = 1000;
/** Verdicts come without a span that arrives. */
const QUIET_MS = 5000;
const SLOW_MS = 4000;
/** A refresh that a navigation replaced never shows: it must count as lost some time. */
const PATIENCE_MS = 15_000;
const SCROLLED_PX = 160;

interface Props {
	/** When the server rendered the page: a new moment says that a refresh is on the screen. */
	renderedAtMs: number;
	/** Between a page on the screen and the next request for it. */
	pauseMs?: number;
	/** After this a request counts as lost, and the next is made: more than the slowest answer takes. */
	patienceMs?: number;
	/** Server-sent events that tell of news: then the page asks at once, and without them only now and then. */
	newsFrom?: string;
	/** Waits while the reader has scrolled down, so that rows do not move under their eyes. */
	waitWhileScrolled?: boolean;
}

/**
 * Refreshes the page while somebody looks at it, the next time only when the last is on the screen: overlapping ones
 * would replace each other for ever. It goes through a server action, because `router.refresh()` answers a server that is
 * away for a moment by leaving the page for the browser's own error page.
 */
export function LiveRefresh({
	renderedAtMs,
	newsFrom,
	pauseMs = newsFrom ? QUIET_MS : PAUSE_MS,
	patienceMs = PATIENCE_MS,
	waitWhileScrolled = false,
}: Props) {
	const [attempt, setAttempt] = useState(0);
	const [trouble, setTrouble] = useState<{ kind: "slow" | "lost"; renderedAtMs: number } | null>(null);
	const asked = useRef("");
	const visible = useSyncExternalStore(onVisibility, isVisible, () => true);
	const scrolled = useSyncExternalStore(onScroll, isScrolled, () => false) && waitWhileScrolled;

	const news = useNews(visible && !scrolled ? newsFrom : undefined);
	const askedNews = useRef(0);
	const onScreen = useRef({ renderedAtMs: 0, at: 0 });

	useEffect(() => {
		if (onScreen.current.renderedAtMs !== renderedAtMs) onScreen.current = { renderedAtMs, at: performance.now() };
		const turn = `${renderedAtMs} ${attempt}`;
		if (!visible || scrolled || asked.current === turn) return;
		const isNew = news > askedNews.current;
		const wait = isNew ? Math.max(0, PAUSE_MS - (performance.now() - onScreen.current.at)) : pauseMs;
		const timer = setTimeout(() => {
			asked.current = turn;
			askedNews.current = news;
			// In no transition of its own: React would hold back every link that is clicked meanwhile until it has ended.
			void refreshed().then((isDone) => {
				if (isDone) return;
				setTrouble({ kind: "lost", renderedAtMs });
				setAttempt(attempt + 1);
			});
		}, wait);
		return () => clearTimeout(timer);
	}, [renderedAtMs, attempt, visible, scrolled, pauseMs, news]);

	useEffect(() => {
		if (!visible || scrolled) return;
		const slow = setTimeout(
			() => setTrouble((known) => (known?.renderedAtMs === renderedAtMs ? known : { kind: "slow", renderedAtMs })),
			pauseMs + SLOW_MS,
		);
		const giveUp = setInterval(() => setAttempt((last) => last + 1), pauseMs + patienceMs);
		return () => {
			clearTimeout(slow);
			clearInterval(giveUp);
		};
	}, [renderedAtMs, visible, scrolled, pauseMs, patienceMs]);

	const shown = trouble?.renderedAtMs === renderedAtMs ? trouble.kind : null;

	useEffect(() => {
		publishLiveState(shown ? "trouble" : "live");
		return () => publishLiveState("off");
	}, [shown]);

	return (
		<span role="status" className="empty:-mr-2">
			{scrolled ? (
				<Chip>Paused while scrolled</Chip>
			) : (
				shown && (
					<Chip tone="warn">
						{shown === "slow" ? "Waiting for the server" : "Server does not answer, trying again"}
					</Chip>
				)
			)}
		</span>
	);
}

/** How many times the stream told of something new. */
function useNews(from: string | undefined): number {
	const [news, setNews] = useState(0);
	useEffect(() => {
		if (from === undefined) return;
		const source = new EventSource(from);
		source.addEventListener("arrived", () => setNews((count) => count + 1));
		return () => source.close();
	}, [from]);
	return news;
}

async function refreshed(): Promise<boolean> {
	try {
		await refreshView();
		return true;
	} catch (error) {
		rethrowNavigation(error);
		// The server runs a newer build: only a new page knows its actions.
		if (isUnrecognizedAction(error)) window.location.reload();
		return false;
	}
}

function onVisibility(changed: () => void) {
	document.addEventListener("visibilitychange", changed);
	return () => document.removeEventListener("visibilitychange", changed);
}

function isVisible() {
	return document.visibilityState === "visible";
}

function onScroll(changed: () => void) {
	window.addEventListener("scroll", changed, { passive: true });
	return () => window.removeEventListener("scroll", changed);
}

function isScrolled() {
	return window.scrollY > SCROLLED_PX;
}
