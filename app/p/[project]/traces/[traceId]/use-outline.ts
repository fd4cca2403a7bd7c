"use client";

import { useEffect, useMemo, useState } from "react";
import { decodeSkeleton, type Outline } from "@/lib/traces/outline";
import type { SkeletonWire } from "@/lib/traces/skeleton-wire";

export interface OutlineState {
	outline: Outline;
	/** `part`: the other rows are on their way. `failed`: they could not be read. */
	state: "whole" | "part" | "failed";
	retry(): void;
}

/** The rows of a trace: those that came with the page at once, all of a large trace as soon as they are read. */
export function useOutline(head: SkeletonWire, href: string): OutlineState {
	const first = useMemo(() => decodeSkeleton(head), [head]);
	const isPart = first.length < first.rowCount;
	const [read, setRead] = useState<{ outline: Outline; of: string } | null>(null);
	const [failed, setFailed] = useState(false);
	const [attempt, setAttempt] = useState(0);
	const { version } = head;

	// biome-ignore lint/correctness/useExhaustiveDependencies: another attempt reads again
	useEffect(() => {
		if (!isPart) return;
		const abort = new AbortController();
		setFailed(false);
		readSkeleton(href, abort.signal)
			.then((wire) => setRead({ outline: decodeSkeleton(wire), of: version }))
			.catch(() => {
				if (!abort.signal.aborted) setFailed(true);
			});
		return () => abort.abort();
	}, [isPart, href, version, attempt]);

	// While a changed trace is read again, the rows of before stay.
	const outline = isPart && read !== null ? read.outline : first;
	const state = !isPart || read?.of === version ? "whole" : failed ? "failed" : "part";
	return { outline, state, retry: () => setAttempt(attempt + 1) };
}

async function readSkeleton(href: string, signal: AbortSignal): Promise<SkeletonWire> {
	const response = await window.fetch(href, { signal });
	if (!response.ok) throw new Error(String(response.status));
	return response.json();
}
