"use client";

import { ArrowUp } from "lucide-react";
import { type ReactNode, useSyncExternalStore } from "react";
import { buttonClass } from "@/app/_ui/button";

const SCROLLED_PX = 48;
const SCROLLER = "[data-scroller]";

/** Shows what refreshes a list while its newest rows are in view; below them, how to come back to them. */
export function LiveTail({ children }: { children: ReactNode }) {
	const scrolled = useSyncExternalStore(onScroll, isScrolled, () => false);
	if (!scrolled) return children;
	return (
		<span role="status" className="inline-flex items-center gap-2 text-xs text-muted">
			Paused while you read
			<button type="button" onClick={scrollBack} className={buttonClass({ size: "sm", variant: "primary" })}>
				<ArrowUp aria-hidden className="size-3.5" />
				Resume
			</button>
		</span>
	);
}

function scrollBack() {
	for (const scroller of document.querySelectorAll(SCROLLER)) scroller.scrollTo({ top: 0 });
	window.scrollTo({ top: 0 });
}

// Scrolling does not bubble: it is caught on its way down.
function onScroll(changed: () => void) {
	document.addEventListener("scroll", changed, { passive: true, capture: true });
	return () => document.removeEventListener("scroll", changed, { capture: true });
}

function isScrolled() {
	const scrollers = [...document.querySelectorAll(SCROLLER)];
	return window.scrollY > SCROLLED_PX || scrollers.some(({ scrollTop }) => scrollTop > SCROLLED_PX);
}
