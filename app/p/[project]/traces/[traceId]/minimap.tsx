"use client";

import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { formatDuration } from "@/app/_ui/format-duration";
import type { TimeSpan } from "@/app/p/[project]/traces/[traceId]/tree-row";
import { hasFlag, knownAt, type Outline } from "@/lib/traces/outline";

/** Columns of the drawing, whatever the number of spans. */
const BINS = 160;
const HEIGHT = 24;
const WHEEL_FACTOR = 1.25;
/** Closer there is nothing to see. */
const NANOS_MIN = 1_000;
/** A shorter drag was a click. */
const DRAG_SHARE_MIN = 0.01;

interface Props {
	outline: Outline;
	zoom: TimeSpan;
	isZoomed: boolean;
	chosen: number;
	/** Null: the whole trace. */
	onZoom: (zoom: TimeSpan | null) => void;
}

/** The whole trace in one thin line: how much ran at each moment, and which part the bars show. Dragging chooses the part. */
export function Minimap({ outline, zoom, isZoomed, chosen, onZoom }: Props) {
	const whole = outline.durationNano;
	const frame = useRef<HTMLDivElement>(null);
	const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
	const shape = useMemo(() => density(outline), [outline]);
	const start = knownAt(outline, "starts", chosen);
	const length = knownAt(outline, "durations", chosen);

	const zoomAround = useEffectEvent((event: WheelEvent) => {
		if (!event.ctrlKey && !event.metaKey) return;
		event.preventDefault();
		const at = shareAt(event) * whole;
		const factor = event.deltaY > 0 ? WHEEL_FACTOR : 1 / WHEEL_FACTOR;
		const [from, to] = [at - (at - zoom.from) * factor, at + (zoom.to - at) * factor];
		if (to - from >= whole) onZoom(null);
		else if (to - from > NANOS_MIN) onZoom({ from: Math.max(0, from), to: Math.min(whole, to) });
	});
	useEffect(() => {
		const element = frame.current;
		const listen = (event: WheelEvent) => zoomAround(event);
		// React listens passively, and a passive listener cannot keep the page from being zoomed.
		element?.addEventListener("wheel", listen, { passive: false });
		return () => element?.removeEventListener("wheel", listen);
	}, []);
	if (whole <= 0) return null;

	const shareAt = (event: { clientX: number }) => {
		const box = frame.current?.getBoundingClientRect();
		return box ? Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) : 0;
	};
	const shown = drag ?? (isZoomed ? { from: zoom.from / whole, to: zoom.to / whole } : null);
	return (
		<div className="flex items-center gap-2 border-b border-line px-2 py-1 text-2xs text-faint tabular-nums">
			<div
				ref={frame}
				role="img"
				aria-label="Spans over the time of the trace"
				className="relative h-6 min-w-0 flex-1 cursor-crosshair touch-none overflow-hidden rounded-sm bg-sunken"
				onPointerDown={(event) => {
					event.currentTarget.setPointerCapture(event.pointerId);
					setDrag({ from: shareAt(event), to: shareAt(event) });
				}}
				onPointerMove={(event) => drag && setDrag({ ...drag, to: shareAt(event) })}
				onPointerUp={() => {
					if (drag === null) return;
					const [from, to] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
					setDrag(null);
					onZoom(to - from < DRAG_SHARE_MIN ? null : { from: from * whole, to: to * whole });
				}}
				onPointerCancel={() => setDrag(null)}
			>
				<svg
					aria-hidden
					viewBox={`0 0 ${BINS} ${HEIGHT}`}
					preserveAspectRatio="none"
					className="absolute inset-0 size-full"
				>
					<path d={shape.all} className="fill-bar" />
					<path d={shape.failed} className="fill-bar-fail" />
				</svg>
				{start !== null && (
					<span
						className="absolute inset-y-0 min-w-0.5 bg-ink/40"
						style={{
							left: `min(${(100 * start) / whole}%, calc(100% - 2px))`,
							width: `${(100 * (length ?? 0)) / whole}%`,
							height: 2,
						}}
					/>
				)}
				{shown && (
					<span
						className="absolute inset-y-0 border-x border-accent-ink bg-accent-ink/15"
						style={{
							left: `${100 * Math.min(shown.from, shown.to)}%`,
							width: `${100 * Math.abs(shown.to - shown.from)}%`,
						}}
					/>
				)}
			</div>
			{isZoomed && (
				<span>
					{formatDuration(BigInt(Math.round(zoom.to - zoom.from)))} of {formatDuration(BigInt(whole))}
				</span>
			)}
			<Button
				variant="ghost"
				size="sm"
				disabled={!isZoomed && (start === null || !length)}
				onClick={() => onZoom(isZoomed || start === null || !length ? null : { from: start, to: start + length })}
			>
				{isZoomed ? "Whole trace" : "Zoom to span"}
			</Button>
		</div>
	);
}

/** How many spans without others below them ran in each of the bins, as the outline of a shape; failed ones from the foot. */
function density(outline: Outline): { all: string; failed: string } {
	const changes = { all: new Float64Array(BINS + 1), failed: new Float64Array(BINS + 1) };
	for (let row = 0; row < outline.length; row++) {
		const start = outline.starts[row] ?? -1;
		if ((outline.below[row] ?? 0) > 0 || start < 0) continue;
		const from = binOf(start, outline);
		const to = binOf(start + Math.max(0, outline.durations[row] ?? 0), outline) + 1;
		for (const counts of hasFlag(outline, row, "failed") ? [changes.all, changes.failed] : [changes.all]) {
			counts[from] = (counts[from] ?? 0) + 1;
			counts[to] = (counts[to] ?? 0) - 1;
		}
	}
	const most = Math.max(1, ...running(changes.all));
	return { all: shapeOf(running(changes.all), most), failed: shapeOf(running(changes.failed), most) };
}

function binOf(nanos: number, { durationNano }: Outline): number {
	return Math.min(BINS - 1, Math.max(0, Math.floor((nanos / durationNano) * BINS)));
}

function running(changes: Float64Array): number[] {
	let count = 0;
	return Array.from(changes.subarray(0, BINS), (change) => {
		count += change;
		return count;
	});
}

/** The root of the count, so that a single span beside hundreds can still be seen. */
function shapeOf(counts: readonly number[], most: number): string {
	const steps = counts.map((count, bin) => {
		const top = HEIGHT - Math.sqrt(count / most) * (HEIGHT - 3);
		return `L${bin} ${top.toFixed(1)}H${bin + 1}`;
	});
	return `M0 ${HEIGHT}${steps.join("")}V${HEIGHT}Z`;
}
