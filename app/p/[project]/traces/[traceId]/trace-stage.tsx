"use client";

import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { classNames } from "@/app/_ui/class-names";
import { formatCount } from "@/app/_ui/format-number";
import { useKey } from "@/app/p/[project]/_keys/use-key";
import type { GivenBodies } from "@/app/p/[project]/traces/[traceId]/given-bodies";
import { type Jump, jumpTarget } from "@/app/p/[project]/traces/[traceId]/jump-target";
import { RawView } from "@/app/p/[project]/traces/[traceId]/raw-view";
import type { TraceMarks } from "@/app/p/[project]/traces/[traceId]/trace-marks";
import { TRACE_VIEWS, type TraceViewName } from "@/app/p/[project]/traces/[traceId]/trace-place";
import { TranscriptView } from "@/app/p/[project]/traces/[traceId]/transcript-view";
import { TreeView } from "@/app/p/[project]/traces/[traceId]/tree-view";
import { useOutline } from "@/app/p/[project]/traces/[traceId]/use-outline";
import { type ShownPanel, useSpanPanel } from "@/app/p/[project]/traces/[traceId]/use-span-panel";
import { useTracePlace } from "@/app/p/[project]/traces/[traceId]/use-trace-place";
import type { ViewHandle } from "@/app/p/[project]/traces/[traceId]/view-handle";
import { ViewTabs } from "@/app/p/[project]/traces/[traceId]/view-tabs";
import { hasFlag, idAt, rowOf } from "@/lib/traces/outline";
import type { SkeletonWire } from "@/lib/traces/skeleton-wire";

const NOTHING = {};

interface Props {
	segment: string;
	/** Address of the trace. */
	path: string;
	/** Another one whenever anything of the trace changed. */
	version: string;
	/** All rows, or the first of a large trace. */
	head: SkeletonWire;
	marks: TraceMarks;
	/** The span that is shown while the address names none. */
	firstSpanId: string;
	panel: ShownPanel;
	/** What the view that the address names shows at first. */
	given: GivenBodies;
	/** In the drawer, keys for rows are the list's until the drawer has the focus. */
	placement: "page" | "drawer";
}

/** One trace to walk through: a view over its rows, and beside it the span that is chosen. */
export function TraceStage({ segment, path, version, head, marks, firstSpanId, panel, given, placement }: Props) {
	const place = useTracePlace();
	const { outline, state, retry } = useOutline(head, `${path}/skeleton`);
	const spanId = place.spanId ?? firstSpanId;
	const chosen = rowOf(outline, spanId);
	const shown = useSpanPanel({ segment, traceId: head.traceId, version }, spanId, panel);
	const handle = useRef<ViewHandle>(null);
	const findField = useRef<HTMLInputElement>(null);
	const isFindWanted = useRef(false);
	const [startAt, setStartAt] = useState(-1);
	const [hasFocus, setHasFocus] = useState(false);
	const hasRowKeys = placement === "page" || hasFocus;

	const { go } = place;
	const choose = (row: number, options?: { replace?: boolean }) => {
		if (row < 0 || hasFlag(outline, row, "placeholder")) return;
		go({ spanId: idAt(outline, row) }, options);
	};
	const latestChoose = useRef(choose);
	useEffect(() => {
		latestChoose.current = choose;
	});
	const onChoose = useCallback((row: number) => latestChoose.current(row), []);

	const step = (by: number) => {
		let row = handle.current?.step(chosen, by) ?? -1;
		// Nothing is to be shown of a parent that has not arrived.
		while (row >= 0 && hasFlag(outline, row, "placeholder")) {
			const next = handle.current?.step(row, by) ?? -1;
			if (next === row) return;
			row = next;
		}
		choose(row, { replace: true });
	};
	const show = (next: TraceViewName, options?: { replace?: boolean }) => {
		setStartAt(handle.current?.anchor() ?? -1);
		go({ view: next }, options);
	};
	const jump = (to: Jump) => choose(jumpTarget(outline, chosen, to));
	useKey("row.next", () => step(1), { enabled: hasRowKeys });
	useKey("row.previous", () => step(-1), { enabled: hasRowKeys });
	useKey("trace.fold", () => {
		const folds = chosen >= 0 && (outline.below[chosen] ?? 0) > 0 && !handle.current?.isFolded(chosen);
		if (folds) handle.current?.fold(chosen, true);
		else jump("parent");
	});
	useKey("trace.unfold", () => {
		if (handle.current?.isFolded(chosen)) handle.current.fold(chosen, false);
		else jump("firstChild");
	});
	useKey("trace.nextSibling", () => jump("nextSibling"));
	useKey("trace.previousSibling", () => jump("previousSibling"));
	useKey("trace.nextError", () => jump("error"));
	useKey("trace.slowest", () => jump("slowest"));
	useKey("trace.costliest", () => jump("costliest"));
	useKey("trace.view", () => {
		const next = TRACE_VIEWS[(TRACE_VIEWS.indexOf(place.view) + 1) % TRACE_VIEWS.length];
		if (next) show(next, { replace: true });
	});
	useKey("trace.find", () => {
		// At once, or what is typed next would be taken for keys. In other views the tree must be drawn first.
		if (findField.current) findField.current.select();
		else {
			isFindWanted.current = true;
			show("tree");
		}
	});
	useEffect(() => {
		if (place.view !== "tree" || !isFindWanted.current) return;
		isFindWanted.current = false;
		findField.current?.select();
	}, [place.view]);

	const view = { outline, chosen, hrefOf: (id: string) => place.hrefOf({ spanId: id }), onChoose, startAt };
	return (
		<section
			aria-label="Trace"
			className="@container flex min-h-0 flex-1 flex-col"
			onFocus={() => setHasFocus(true)}
			onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setHasFocus(false)}
		>
			<div className="grid min-h-0 flex-1 grid-cols-1 grid-rows-[minmax(20rem,48dvh)_minmax(24rem,1fr)] @4xl:grid-cols-[minmax(20rem,9fr)_11fr] @4xl:grid-rows-1">
				<div className="relative flex min-h-0 min-w-0 flex-col border-b border-line bg-surface @4xl:border-r @4xl:border-b-0">
					<ViewTabs place={place} outline={outline} onShow={show} onJump={jump} />
					{state === "failed" && <Unread onRetry={retry} count={outline.rowCount} />}
					{place.view === "tree" && (
						<TreeView
							{...view}
							hrefFrom={(from) => place.hrefOf({ from })}
							handle={handle}
							marks={marks}
							findField={findField}
						/>
					)}
					{place.view === "transcript" && (
						<TranscriptView {...view} handle={handle} path={path} given={given.transcript ?? NOTHING} />
					)}
					{place.view === "raw" && <RawView {...view} handle={handle} path={path} given={given.raw ?? NOTHING} />}
				</div>
				<Panel state={shown.state} onRetry={shown.retry}>
					{shown.node}
				</Panel>
			</div>
		</section>
	);
}

function Panel({ state, onRetry, children }: { state: string; onRetry: () => void; children: ReactNode }) {
	return (
		<div
			aria-busy={state === "reading"}
			className={classNames(
				"flex min-h-0 min-w-0 flex-col transition-opacity",
				state === "reading" && "opacity-60 delay-100",
			)}
		>
			{state === "failed" ? (
				<div role="alert" className="flex flex-col items-start gap-3 p-6 text-sm text-muted">
					This span could not be read. That does not mean that it is gone.
					<Button onClick={onRetry}>Try again</Button>
				</div>
			) : (
				children
			)}
		</div>
	);
}

function Unread({ count, onRetry }: { count: number; onRetry: () => void }) {
	return (
		<div role="alert" className="flex items-center gap-2 border-b border-line bg-warn-soft px-3 py-1 text-xs text-warn">
			The rest of the {formatCount(count)} rows could not be read.
			<Button size="sm" onClick={onRetry}>
				Try again
			</Button>
		</div>
	);
}
