"use client";

import { useEffect } from "react";

/**
 * Keeps the focus in the page when what had it goes away, as a deleted row or the page before this one does: a reader
 * without a pointer would start again at the top of the navigation.
 */
export function FocusKeeper() {
	useEffect(() => {
		let last: EventTarget | null = null;
		const remember = ({ target }: FocusEvent) => {
			last = target;
		};
		const observer = new MutationObserver(() => {
			if (!(last instanceof Element) || last.isConnected || document.activeElement !== document.body) return;
			last = null;
			document.getElementById("content")?.focus({ preventScroll: true });
		});
		document.addEventListener("focusin", remember);
		observer.observe(document.body, { childList: true, subtree: true });
		return () => {
			document.removeEventListener("focusin", remember);
			observer.disconnect();
		};
	}, []);
	return null;
}
