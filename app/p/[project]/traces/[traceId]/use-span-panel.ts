"use client";

import { unstable_isUnrecognizedActionError as isUnrecognizedAction } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { showSpanAction } from "@/app/p/[project]/traces/[traceId]/show-span-action";

/** Who holds an arrow key down passes over spans that need not be read. */
const REST_MS = 60;
const KEPT_MAX = 40;

export interface ShownPanel {
	spanId: string;
	node: ReactNode;
}

export interface SpanPanelState {
	/** The panel of the chosen span, or that of the one before until it is there. */
	node: ReactNode;
	state: "shown" | "reading" | "failed";
	retry(): void;
}

/**
 * The panel of the chosen span. `given` is the one that came with the page and is taken whenever the page brings it anew;
 * others are asked for one at a time, the last wish first, and kept until the trace changes.
 */
export function useSpanPanel(
	{ segment, traceId, version }: { segment: string; traceId: string; version: string },
	spanId: string,
	given: ShownPanel,
): SpanPanelState {
	const kept = useRef(new Map<string, ReactNode>());
	const [shown, setShown] = useState<ShownPanel>(given);
	const [failed, setFailed] = useState<string | null>(null);
	const [attempt, setAttempt] = useState(0);
	const [seen, setSeen] = useState(given);
	if (seen !== given) {
		setSeen(given);
		if (given.spanId === spanId) setShown(given);
	}

	// biome-ignore lint/correctness/useExhaustiveDependencies: what was kept is of the version before
	useEffect(() => {
		kept.current.clear();
	}, [version]);

	// biome-ignore lint/correctness/useExhaustiveDependencies: another attempt reads again
	useEffect(() => {
		if (given.spanId === spanId) return setShown(given);
		const known = kept.current.get(spanId);
		if (known) return setShown({ spanId, node: known });
		let wanted = true;
		const timer = setTimeout(async () => {
			try {
				const node = await showSpanAction(segment, traceId, spanId);
				if (kept.current.size >= KEPT_MAX) kept.current.clear();
				kept.current.set(spanId, node);
				if (wanted) setShown({ spanId, node });
			} catch (error) {
				// The server runs a newer build: only a new page knows its actions.
				if (isUnrecognizedAction(error)) window.location.reload();
				if (wanted) setFailed(spanId);
			}
		}, REST_MS);
		return () => {
			wanted = false;
			clearTimeout(timer);
			setFailed(null);
		};
	}, [segment, traceId, version, spanId, given, attempt]);

	const state = shown.spanId === spanId ? "shown" : failed === spanId ? "failed" : "reading";
	return { node: shown.node, state, retry: () => setAttempt(attempt + 1) };
}
