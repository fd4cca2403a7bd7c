"use client";

import { Maximize2, X } from "lucide-react";
import Link from "next/link";
import { unstable_isUnrecognizedActionError as isUnrecognizedAction, useSearchParams } from "next/navigation";
import { type CSSProperties, type ReactNode, useEffect, useEffectEvent, useRef, useState } from "react";
import { Button, buttonClass } from "@/app/_ui/button";
import { classNames } from "@/app/_ui/class-names";
import { useKey } from "@/app/p/[project]/_keys/use-key";
import { showTraceAction } from "@/app/p/[project]/traces/[traceId]/show-trace-action";
import { isPlainClick } from "@/app/p/[project]/traces/[traceId]/tree-row";
import { DrawerEdge, useDrawerWidth } from "@/app/p/[project]/traces/drawer-edge";
import { usePeek } from "@/app/p/[project]/traces/use-peek";

/** Who goes down a list with a key held passes over traces that need not be read. */
const REST_MS = 80;

interface ShownTrace {
	traceId: string;
	node: ReactNode;
}

interface Props {
	segment: string;
	/** The trace that came with the page. */
	given: ShownTrace | null;
}

/** The frame of the drawer: which trace it shows, how wide it is, and how it closes. The list beside it keeps its keys. */
export function DrawerFrame({ segment, given }: Props) {
	const peek = usePeek();
	const { node, state, retry } = useDrawerTrace(segment, peek.traceId, given);
	const [width, setWidth] = useDrawerWidth();
	const frame = useRef<HTMLElement>(null);
	const { traceId } = peek;

	function close() {
		const hadFocus = frame.current?.contains(document.activeElement);
		peek.go(null);
		// The row it was opened from, so that the focus is not lost with the drawer.
		if (hadFocus) document.querySelector<HTMLElement>(`[data-trace="${traceId}"]`)?.focus();
	}
	useKey("close", close, { enabled: traceId !== null });

	if (traceId === null) return null;
	return (
		<aside
			ref={frame}
			aria-label="Trace in the drawer"
			aria-busy={state === "reading"}
			style={{ "--drawer-width": `${width}%` } as CSSProperties}
			className="fixed inset-y-0 right-0 z-30 flex w-full flex-col overflow-y-auto border-l border-line bg-canvas shadow-raised md:w-(--drawer-width) lg:overflow-hidden"
		>
			<DrawerEdge width={width} onWidth={setWidth} />
			<span className="absolute top-3 right-4 z-10 flex gap-0.5 lg:right-6">
				<Link
					href={`/p/${segment}/traces/${traceId}`}
					prefetch={false}
					aria-label="Open the whole page"
					title="Open the whole page"
					className={ICON_LINK}
				>
					<Maximize2 aria-hidden className="size-3.5" />
				</Link>
				<a
					href={peek.hrefOf(null)}
					aria-label="Close the drawer"
					title="Close (Esc)"
					onClick={(event) => {
						if (!isPlainClick(event)) return;
						event.preventDefault();
						close();
					}}
					className={ICON_LINK}
				>
					<X aria-hidden className="size-4" />
				</a>
			</span>
			{state === "failed" ? (
				<div role="alert" className="flex flex-col items-start gap-3 p-6 text-sm text-muted">
					This trace could not be read. That does not mean that it is gone.
					<Button onClick={retry}>Try again</Button>
				</div>
			) : (
				<div
					className={classNames(
						"flex min-h-0 flex-1 flex-col transition-opacity",
						state === "reading" && "opacity-60 delay-100",
					)}
				>
					{node ?? <Placeholder />}
				</div>
			)}
		</aside>
	);
}

const ICON_LINK = buttonClass({ variant: "ghost", size: "icon" });

/** The trace that the address names: the one that came with the page, or one that is asked for. Until it is there, the last. */
function useDrawerTrace(segment: string, traceId: string | null, given: ShownTrace | null) {
	const params = useSearchParams();
	const [asked, setAsked] = useState<ShownTrace | null>(null);
	const [failed, setFailed] = useState<string | null>(null);
	const [attempt, setAttempt] = useState(0);
	const read = useEffectEvent((of: string) => showTraceAction(segment, of, params.toString()));
	const isGiven = given?.traceId === traceId;

	// biome-ignore lint/correctness/useExhaustiveDependencies: another attempt reads again
	useEffect(() => {
		if (traceId === null || isGiven) return;
		let wanted = true;
		const timer = setTimeout(async () => {
			try {
				const node = await read(traceId);
				if (wanted) setAsked({ traceId, node });
			} catch (error) {
				// The server runs a newer build: only a new page knows its actions.
				if (isUnrecognizedAction(error)) window.location.reload();
				if (wanted) setFailed(traceId);
			}
		}, REST_MS);
		return () => {
			wanted = false;
			clearTimeout(timer);
			setFailed(null);
		};
	}, [segment, traceId, isGiven, attempt]);

	const shown = isGiven ? given : asked;
	const state = shown?.traceId === traceId ? "shown" : failed === traceId ? "failed" : "reading";
	return { node: shown?.node ?? null, state, retry: () => setAttempt(attempt + 1) };
}

function Placeholder() {
	return (
		<div aria-hidden className="flex flex-col gap-3 px-6 py-4">
			<div className="h-6 w-1/3 rounded bg-sunken" />
			<div className="h-4 w-2/3 rounded bg-sunken" />
			<div className="h-4 w-1/2 rounded bg-sunken" />
		</div>
	);
}
