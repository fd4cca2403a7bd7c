"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useSyncExternalStore } from "react";
import { classNames } from "@/app/_ui/class-names";

/** More than a screen, so that keys and short wheels meet rows that are there. */
const OVERSCAN = 12;

export interface RowsHandle {
	/** Brings a row into sight: where it is already in sight nothing moves. */
	reveal(index: number, align?: "auto" | "center" | "start"): void;
	/** Gives a row the focus when another row has it. */
	moveFocus(index: number): void;
	/** The first and the last row in sight. */
	sight(): { from: number; to: number };
}

interface Props {
	count: number;
	keyOf: (index: number) => string;
	render: (index: number) => ReactNode;
	/** Pixels of a row, or what one takes on average when rows tell their own height. */
	rowPx: number;
	measured?: boolean;
	/** How many rows a page without JavaScript shows; with it, what the first paint shows. */
	firstRows: number;
	label: string;
	handle?: Ref<RowsHandle>;
	onRows?: (from: number, to: number) => void;
	/** What stays in sight above the rows, told by the first row in sight. */
	sticky?: (index: number) => ReactNode;
	className?: string;
	children?: ReactNode;
}

/**
 * A list of which only the rows in sight exist, however many there are. Before JavaScript runs it is a plain list of its
 * first rows, at the same places.
 */
export function VirtualRows({
	count,
	keyOf,
	render,
	rowPx,
	measured = false,
	firstRows,
	label,
	handle,
	onRows,
	sticky,
	className,
	children,
}: Props) {
	const frame = useRef<HTMLElement>(null);
	const hydrated = useSyncExternalStore(
		never,
		() => true,
		() => false,
	);
	const rows = useVirtualizer({
		count,
		getScrollElement: () => frame.current,
		estimateSize: () => rowPx,
		getItemKey: keyOf,
		overscan: OVERSCAN,
		enabled: hydrated,
	});
	const items = rows.getVirtualItems();
	const [from, to] = [items[0]?.index ?? 0, items.at(-1)?.index ?? -1];

	useEffect(() => {
		if (hydrated && to >= from) onRows?.(from, to);
	}, [hydrated, from, to, onRows]);

	useImperativeHandle(handle, () => ({
		reveal: (index, align = "auto") => rows.scrollToIndex(index, { align }),
		sight: () => ({ from: rows.range?.startIndex ?? 0, to: rows.range?.endIndex ?? 0 }),
		moveFocus: (index) => {
			if (!frame.current?.contains(document.activeElement)) return;
			// The row may have to be drawn first.
			requestAnimationFrame(() => {
				frame.current
					?.querySelector<HTMLElement>(`[data-index="${index}"] a[data-span]`)
					?.focus({ preventScroll: true });
			});
		},
	}));

	// Until it has measured its frame, the virtual list has no rows.
	const isPlain = !hydrated || (items.length === 0 && count > 0);
	return (
		<nav
			ref={frame}
			aria-label={label}
			className={classNames("relative min-h-0 flex-1 overflow-auto  [overflow-anchor:none]", className)}
		>
			<h2 className="sr-only">{label}</h2>
			{sticky && hydrated && <div className="sticky top-0 z-10 h-0">{sticky(rows.range?.startIndex ?? 0)}</div>}
			{isPlain ? (
				<ol>
					{Array.from({ length: Math.min(count, firstRows) }, (_, index) => (
						<li key={keyOf(index)} style={measured ? undefined : { height: rowPx }}>
							{render(index)}
						</li>
					))}
				</ol>
			) : (
				<ol className="relative" style={{ height: rows.getTotalSize() }}>
					{items.map(({ index, key, start }) => (
						<li
							key={key}
							ref={measured ? rows.measureElement : undefined}
							data-index={index}
							aria-setsize={count}
							aria-posinset={index + 1}
							className="absolute top-0 left-0 w-full"
							style={{ transform: `translateY(${start}px)`, height: measured ? undefined : rowPx }}
						>
							{render(index)}
						</li>
					))}
				</ol>
			)}
			{children}
		</nav>
	);
}

function never() {
	return () => {};
}
