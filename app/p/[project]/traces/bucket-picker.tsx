"use client";

import { type PointerEvent, useRef } from "react";
import { bucketMoment } from "@/app/_ui/chart/bucket-moment";
import { classNames } from "@/app/_ui/class-names";
import type { ChartPoint } from "@/lib/traces/chart-traces";

type Chosen = readonly [number, number];

interface Props {
	points: readonly ChartPoint[];
	bucketMs: number;
	/** The bucket under the pointer. */
	hovered: number | null;
	/** While it is being chosen: where it began and where it is now. */
	chosen: Chosen | null;
	onHover: (index: number | null) => void;
	onChoose: (chosen: Chosen | null) => void;
	/** What was chosen is meant. */
	onDone: (chosen: Chosen) => void;
	/** The keyboard has its sliders elsewhere. */
	isPointerOnly?: boolean;
}

/** Lies over a plot: drag to choose buckets, or focus one of two sliders, move it and press Enter. */
export function BucketPicker({ points, bucketMs, hovered, chosen, onHover, onChoose, onDone, isPointerOnly }: Props) {
	const anchor = useRef<number | null>(null);
	const last = points.length - 1;

	function indexAt({ currentTarget, clientX }: PointerEvent): number {
		const { left, width } = currentTarget.getBoundingClientRect();
		return Math.min(last, Math.max(0, Math.floor(((clientX - left) / width) * points.length)));
	}

	function moved(event: PointerEvent) {
		const index = indexAt(event);
		onHover(index);
		if (anchor.current !== null) onChoose([anchor.current, index]);
	}

	function released(event: PointerEvent) {
		if (anchor.current === null) return;
		onDone([anchor.current, indexAt(event)]);
		cancelled();
	}

	function cancelled() {
		anchor.current = null;
		onChoose(null);
	}

	const [low, high] = chosen ? [Math.min(...chosen), Math.max(...chosen)] : [0, last];
	return (
		<>
			<div
				className="absolute inset-0 cursor-crosshair touch-pan-y"
				onPointerDown={(event) => {
					if (event.button !== 0 || last < 0) return;
					event.currentTarget.setPointerCapture(event.pointerId);
					anchor.current = indexAt(event);
					onChoose([anchor.current, anchor.current]);
				}}
				onPointerMove={moved}
				onPointerUp={released}
				onPointerCancel={cancelled}
				onPointerLeave={() => onHover(null)}
			>
				{hovered !== null && !chosen && <Band from={hovered} to={hovered} of={points.length} />}
				{chosen && <Band from={low} to={high} of={points.length} isChosen />}
			</div>
			{!isPointerOnly && last > 0 && (
				<fieldset
					className="group absolute inset-x-0 -bottom-1 h-0"
					onBlur={(event) => {
						if (!event.currentTarget.contains(event.relatedTarget)) onChoose(null);
					}}
				>
					<legend className="sr-only">Choose a period; Enter shows it</legend>
					{(["From", "To"] as const).map((end) => (
						<input
							key={end}
							type="range"
							aria-label={end}
							aria-valuetext={wordsAt(points[end === "From" ? low : high], end === "From" ? 0 : bucketMs)}
							min={0}
							max={last}
							value={end === "From" ? low : high}
							onChange={({ currentTarget: { value } }) => {
								const index = Number(value);
								onChoose(end === "From" ? [index, Math.max(index, high)] : [Math.min(low, index), index]);
							}}
							onKeyDown={(event) => {
								if (event.key === "Enter") onDone([low, high]);
								else if (event.key === "Escape" && chosen) onChoose(null);
								else return;
								event.preventDefault();
								event.stopPropagation();
							}}
							className="pointer-events-none absolute inset-x-0 top-0 h-1 w-full opacity-0 focus-visible:opacity-100"
						/>
					))}
				</fieldset>
			)}
		</>
	);
}

function Band({ from, to, of, isChosen = false }: { from: number; to: number; of: number; isChosen?: boolean }) {
	return (
		<span
			aria-hidden
			className={classNames(
				"pointer-events-none absolute inset-y-0",
				isChosen ? "border-x border-accent-ink bg-accent-ink/15" : "bg-ink/8",
			)}
			style={{ left: `${(from / of) * 100}%`, width: `${((to - from + 1) / of) * 100}%` }}
		/>
	);
}

function wordsAt(point: ChartPoint | undefined, laterMs: number): string | undefined {
	return point && bucketMoment(point.startMs + laterMs);
}
