"use client";

import {
	unstable_isUnrecognizedActionError as isUnrecognizedAction,
	unstable_rethrow as rethrowNavigation,
} from "next/navigation";
import { startTransition, useEffect, useState } from "react";
import { Chip } from "@/app/_ui/chip";
import { refreshView } from "@/app/p/[project]/refresh-view";

const PAUSE_MS = 1000;
/** Whoever looks at a trace that does not change asks ever less often. */
const PAUSE_MS_MAX = 15_000;
const SLOWER = 1.2;

/**
 * Asks whether the trace has changed, while somebody looks, and has the page drawn anew when it has: what is unchanged costs
 * the server a look at its keys and the page nothing.
 */
export function TraceWatch({ href, version }: { href: string; version: string }) {
	const [lost, setLost] = useState(false);

	useEffect(() => {
		const abort = new AbortController();
		let timer: ReturnType<typeof setTimeout>;
		let pauseMs = PAUSE_MS;
		const look = async () => {
			if (document.visibilityState === "visible") {
				const now = await readVersion(href, abort.signal).catch(() => null);
				if (abort.signal.aborted) return;
				setLost(now === null);
				if (now !== null && now !== version) return startTransition(refreshed);
				pauseMs = Math.min(PAUSE_MS_MAX, pauseMs * SLOWER);
			}
			timer = setTimeout(look, pauseMs);
		};
		timer = setTimeout(look, pauseMs);
		return () => {
			clearTimeout(timer);
			abort.abort();
		};
	}, [href, version]);

	return <span role="status">{lost && <Chip tone="warn">Server does not answer, trying again</Chip>}</span>;
}

async function readVersion(href: string, signal: AbortSignal): Promise<string> {
	const response = await window.fetch(href, { signal });
	if (!response.ok) throw new Error(String(response.status));
	const { version } = await response.json();
	return version;
}

async function refreshed(): Promise<void> {
	try {
		await refreshView();
	} catch (error) {
		rethrowNavigation(error);
		// The server runs a newer build: only a new page knows its actions.
		if (isUnrecognizedAction(error)) window.location.reload();
	}
}
