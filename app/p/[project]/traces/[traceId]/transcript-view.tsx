"use client";

import { ChevronRight } from "lucide-react";
import { type Ref, useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from "react";
import type { SpanBody } from "@/app/p/[project]/traces/[traceId]/span-body";
import { TranscriptEntry } from "@/app/p/[project]/traces/[traceId]/transcript-entry";
import { innerAgents, type TranscriptItem, transcriptItems } from "@/app/p/[project]/traces/[traceId]/transcript-items";
import { useBodies } from "@/app/p/[project]/traces/[traceId]/use-bodies";
import type { ViewHandle } from "@/app/p/[project]/traces/[traceId]/view-handle";
import { type RowsHandle, VirtualRows } from "@/app/p/[project]/traces/[traceId]/virtual-rows";
import { revealing, rowName } from "@/app/p/[project]/traces/[traceId]/visible-rows";
import { idAt, type Outline } from "@/lib/traces/outline";

const ITEM_PX = 140;
const FIRST_ITEMS = 50;

interface Props {
	outline: Outline;
	chosen: number;
	/** Address of the trace. */
	path: string;
	/** What came with the page. */
	given: Readonly<Record<string, SpanBody>>;
	hrefOf: (spanId: string) => string;
	onChoose: (row: number) => void;
	/** The row to begin at when another view was left; -1: at the chosen one. */
	startAt: number;
	handle: Ref<ViewHandle>;
}

/** The trace as what was said and done, in order, each thing once. */
export function TranscriptView({ outline, chosen, path, given, hrefOf, onChoose, startAt, handle }: Props) {
	// What differs from how it is folded by itself, so that rows that come later are folded, too.
	const [turned, setTurned] = useState<ReadonlySet<string>>(() => new Set());
	const inner = useMemo(() => innerAgents(outline), [outline]);
	const folded = useMemo(() => difference(inner, turned), [inner, turned]);
	const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(() => new Set());
	const [inSight, setInSight] = useState({ from: 0, to: 0 });
	const list = useRef<RowsHandle>(null);
	const items = useMemo(() => transcriptItems(outline, folded), [outline, folded]);
	const wanted = items
		.slice(inSight.from, inSight.to + 1)
		.filter(({ row }) => !(idAt(outline, row) in given) || unfolded.has(idAt(outline, row)))
		.map((item) => askFor(outline, item, unfolded));
	const { bodyOf } = useBodies<SpanBody>(`${path}/bodies`, wanted, given);

	const isFolded = (row: number) => folded.has(idAt(outline, row));
	const fold = (row: number, folds: boolean) => {
		if (isFolded(row) !== folds) setTurned(difference(turned, new Set([idAt(outline, row)])));
	};
	useImperativeHandle(handle, () => ({
		step: (row, by) => items[Math.min(items.length - 1, Math.max(0, placeOf(items, row) + by))]?.row ?? -1,
		isFolded,
		fold,
		anchor: () => {
			const { from = 0, to = 0 } = list.current?.sight() ?? {};
			const index = placeOf(items, chosen);
			return index >= from && index <= to ? chosen : (items[from]?.row ?? -1);
		},
	}));

	// A span that has no item of its own stands nearest to the one before it.
	const revealed = useRef(-1);
	useEffect(() => {
		if (chosen < 0 || chosen === revealed.current) return;
		const isFirst = revealed.current === -1;
		const sought = isFirst && startAt >= 0 ? startAt : chosen;
		const open = revealing(outline, folded, sought);
		if (open !== folded) return setTurned(difference(inner, open));
		const index = placeOf(items, sought);
		if (!isFirst || index > 0) list.current?.reveal(index, isFirst ? "start" : "auto");
		list.current?.moveFocus(index);
		revealed.current = chosen;
	}, [chosen, startAt, items, outline, folded, inner]);

	const onRows = useCallback((from: number, to: number) => setInSight({ from, to }), []);
	return (
		<VirtualRows
			label="Transcript of the trace"
			handle={list}
			count={items.length}
			keyOf={(index) => String(items[index]?.row)}
			rowPx={ITEM_PX}
			measured
			firstRows={FIRST_ITEMS}
			onRows={onRows}
			sticky={(index) => <Agents outline={outline} item={items[index]} onFold={(row) => fold(row, true)} />}
			className="py-2"
			render={(index) => {
				const item = items[index];
				if (!item) return null;
				const spanId = idAt(outline, item.row);
				return (
					<TranscriptEntry
						outline={outline}
						item={item}
						body={bodyOf(spanId)}
						href={hrefOf(spanId)}
						mediaHref={`${path}/media?span=${spanId}`}
						chosen={item.row === chosen}
						folded={folded.has(spanId)}
						onChoose={onChoose}
						onFold={fold}
						onUnfoldEarlier={() => setUnfolded(new Set(unfolded).add(spanId))}
					/>
				);
			}}
		/>
	);
}

/** The inner agents that what is on top of the screen stands in. */
function Agents({
	outline,
	item,
	onFold,
}: {
	outline: Outline;
	item: TranscriptItem | undefined;
	onFold: (row: number) => void;
}) {
	if (!item || item.level < 2) return null;
	return (
		<button
			type="button"
			onClick={() => onFold(item.agent)}
			className="flex h-7 w-full items-center gap-1.5 border-b border-line bg-surface px-3 text-left text-xs font-medium text-ink shadow-xs hover:bg-hover"
		>
			<ChevronRight aria-hidden className="size-3.5 shrink-0 rotate-90 text-faint" />
			<span className="truncate">{rowName(outline, item.agent)}</span>
			<span className="sr-only">: fold</span>
		</button>
	);
}

function askFor(outline: Outline, { row, role, previous }: TranscriptItem, unfolded: ReadonlySet<string>): string {
	const spanId = idAt(outline, row);
	if (role !== "model" || unfolded.has(spanId)) return spanId;
	return `${spanId}.${previous < 0 ? "none" : idAt(outline, previous)}`;
}

/** What is in one of the two only. */
function difference(one: ReadonlySet<string>, other: ReadonlySet<string>): Set<string> {
	return new Set([...[...one].filter((id) => !other.has(id)), ...[...other].filter((id) => !one.has(id))]);
}

function placeOf(items: readonly TranscriptItem[], row: number): number {
	return Math.max(
		0,
		items.findLastIndex((item) => item.row <= row),
	);
}
