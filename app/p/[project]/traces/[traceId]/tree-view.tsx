"use client";

import {
	type Ref,
	type RefObject,
	useCallback,
	useDeferredValue,
	useEffect,
	useImperativeHandle,
	useMemo,
	useRef,
	useState,
} from "react";
import { formatCount } from "@/app/_ui/format-number";
import { Minimap } from "@/app/p/[project]/traces/[traceId]/minimap";
import type { TraceMarks } from "@/app/p/[project]/traces/[traceId]/trace-marks";
import { type TimeSpan, TreeRow } from "@/app/p/[project]/traces/[traceId]/tree-row";
import { TreeTools } from "@/app/p/[project]/traces/[traceId]/tree-tools";
import type { ViewHandle } from "@/app/p/[project]/traces/[traceId]/view-handle";
import { type RowsHandle, VirtualRows } from "@/app/p/[project]/traces/[traceId]/virtual-rows";
import {
	foldableFrom,
	matchingRows,
	revealing,
	visibleRows,
	withAncestors,
} from "@/app/p/[project]/traces/[traceId]/visible-rows";
import { criticalPath } from "@/lib/traces/critical-path";
import { idAt, type Outline } from "@/lib/traces/outline";

const ROW_PX = 28;
/** What a page without JavaScript shows at once. */
export const FIRST_ROWS = 200;
const NONE: ReadonlySet<string> = new Set();

interface Props {
	outline: Outline;
	/** The chosen row; -1 when it is not among the rows. */
	chosen: number;
	marks: TraceMarks;
	hrefOf: (spanId: string) => string;
	/** The address of the part that begins at a row, for a page without JavaScript. */
	hrefFrom: (row: number) => string;
	onChoose: (row: number) => void;
	/** The row to begin at when another view was left; -1: at the chosen one. */
	startAt: number;
	handle: Ref<ViewHandle>;
	findField: RefObject<HTMLInputElement | null>;
}

/** The spans as an outline with a bar each for when it ran. */
export function TreeView({ outline, chosen, marks, hrefOf, hrefFrom, onChoose, startAt, handle, findField }: Props) {
	const [folded, setFolded] = useState<ReadonlySet<string>>(NONE);
	const [level, setLevel] = useState<number | null>(null);
	const [typed, setTyped] = useState("");
	const [showsPath, setShowsPath] = useState(false);
	const [zoomed, setZoomed] = useState<TimeSpan | null>(null);
	const list = useRef<RowsHandle>(null);
	const sought = useDeferredValue(typed);

	const found = useMemo(() => matchingRows(outline, sought), [outline, sought]);
	const rows = useMemo(
		() => (sought.trim() === "" ? visibleRows(outline, folded) : withAncestors(outline, found)),
		[outline, folded, found, sought],
	);
	const foundSet = useMemo(() => new Set(found), [found]);
	const critical = useMemo(() => (showsPath ? criticalPath(outline) : null), [outline, showsPath]);
	const whole = useMemo(() => ({ from: 0, to: Math.max(0, outline.durationNano) }), [outline.durationNano]);
	const zoom = zoomed ?? whole;

	useImperativeHandle(handle, () => ({
		step: (row, by) => rows[Math.min(rows.length - 1, Math.max(0, placeOf(rows, row) + by))] ?? -1,
		isFolded: (row) => folded.has(idAt(outline, row)),
		fold: (row, fold) => setFolded(foldedWith(folded, idAt(outline, row), fold)),
		anchor: () => {
			const { from = 0, to = 0 } = list.current?.sight() ?? {};
			const index = rows.indexOf(chosen);
			return index >= from && index <= to ? chosen : (rows[from] ?? -1);
		},
	}));

	// What is chosen is in sight, also when it was chosen elsewhere.
	const isRevealed = useRef(-1);
	useEffect(() => {
		if (chosen < 0 || chosen === isRevealed.current) return;
		const isFirst = isRevealed.current === -1;
		const sought = isFirst && startAt >= 0 ? startAt : chosen;
		const index = rows.indexOf(sought);
		if (index < 0) return setFolded(revealing(outline, folded, sought));
		list.current?.reveal(index, !isFirst ? "auto" : sought === chosen ? "center" : "start");
		list.current?.moveFocus(index);
		isRevealed.current = chosen;
	}, [chosen, startAt, rows, outline, folded]);

	const toggle = useCallback(
		(row: number) => {
			setLevel(null);
			setFolded((known) => foldedWith(known, idAt(outline, row), !known.has(idAt(outline, row))));
		},
		[outline],
	);

	return (
		<>
			<TreeTools
				outline={outline}
				level={level}
				onLevel={(next) => {
					setLevel(next);
					setFolded(next === null ? NONE : foldableFrom(outline, next));
				}}
				typed={typed}
				onType={setTyped}
				foundCount={sought.trim() === "" ? null : found.length}
				onNextFound={() => onChoose(found.find((row) => row > chosen) ?? found[0] ?? chosen)}
				showsPath={showsPath}
				onShowPath={setShowsPath}
				findField={findField}
			/>
			<Minimap outline={outline} zoom={zoom} chosen={chosen} onZoom={setZoomed} isZoomed={zoomed !== null} />
			<VirtualRows
				label="Spans of the trace"
				handle={list}
				count={rows.length}
				keyOf={(index) => rowKey(outline, rows[index] ?? 0)}
				rowPx={ROW_PX}
				firstRows={FIRST_ROWS}
				className="@container"
				render={(index) => {
					const row = rows[index] ?? 0;
					const spanId = idAt(outline, row);
					return (
						<TreeRow
							outline={outline}
							row={row}
							href={hrefOf(spanId)}
							chosen={row === chosen}
							folded={folded.has(spanId)}
							found={foundSet.has(row)}
							mark={marks[spanId]}
							critical={critical?.[row] === 1}
							zoom={zoom}
							onToggle={toggle}
							onChoose={onChoose}
						/>
					);
				}}
			>
				<noscript>
					<RowPager outline={outline} hrefOf={hrefFrom} />
				</noscript>
			</VirtualRows>
		</>
	);
}

/** Leads through the rows of a large trace where no JavaScript draws them while scrolling. */
function RowPager({ outline, hrefOf }: { outline: Outline; hrefOf: (from: number) => string }) {
	const { from, rowCount } = outline;
	const to = Math.min(rowCount, from + FIRST_ROWS);
	if (from === 0 && to === rowCount) return null;
	return (
		<p className="flex items-center gap-4 border-t border-line px-3 py-2 text-xs text-muted">
			Rows {formatCount(from + 1)} to {formatCount(to)} of {formatCount(rowCount)}
			{from > 0 && (
				<a href={hrefOf(Math.max(0, from - FIRST_ROWS))} className="text-accent-ink underline">
					Earlier rows
				</a>
			)}
			{to < rowCount && (
				<a href={hrefOf(to)} className="text-accent-ink underline">
					Later rows
				</a>
			)}
		</p>
	);
}

function foldedWith(folded: ReadonlySet<string>, spanId: string, fold: boolean): ReadonlySet<string> {
	const next = new Set(folded);
	if (fold) next.add(spanId);
	else next.delete(spanId);
	return next;
}

/** Place of a row among those in sight, or of the last one before it. */
function placeOf(rows: readonly number[], row: number): number {
	let [low, high] = [0, rows.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((rows[middle] ?? 0) <= row) low = middle + 1;
		else high = middle;
	}
	return Math.max(0, low - 1);
}

// Two spans may claim one id.
function rowKey(outline: Outline, row: number): string {
	return `${idAt(outline, row)} ${row}`;
}
