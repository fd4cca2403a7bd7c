import type { Header } from "@tanstack/react-table";
import type { KeyboardEvent, MouseEvent, TouchEvent } from "react";
import { WIDTH_MAX, WIDTH_MIN } from "@/app/_ui/data-table/column-layout";
import type { TableFeatures } from "@/app/_ui/data-table/table-features";

const STEP_PX = 16;

interface Props<Row extends object> {
	header: Header<TableFeatures, Row, unknown>;
	name: string;
	/** Null: as wide as by default. */
	onWidth: (width: number | null) => void;
}

/** The edge of a column: drag it, move it with the arrow keys, or double-click it for the usual width. */
export function ResizeHandle<Row extends object>({ header, name, onWidth }: Props<Row>) {
	function start(event: MouseEvent<HTMLElement> | TouchEvent<HTMLElement>) {
		// A column that shares the room is as wide as it was drawn, not as it was declared.
		onWidth(drawnWidth(event.currentTarget));
		header.getResizeHandler()(event);
	}

	function onKeyDown(event: KeyboardEvent<HTMLElement>) {
		const step = event.key === "ArrowLeft" ? -STEP_PX : event.key === "ArrowRight" ? STEP_PX : 0;
		if (step === 0) return;
		event.preventDefault();
		onWidth(drawnWidth(event.currentTarget) + step);
	}

	return (
		<hr
			aria-label={`Width of ${name}`}
			aria-orientation="vertical"
			aria-valuenow={header.getSize()}
			aria-valuemin={WIDTH_MIN}
			aria-valuemax={WIDTH_MAX}
			tabIndex={0}
			title="Drag to resize, double-click for the usual width"
			onMouseDown={start}
			onTouchStart={start}
			onDoubleClick={() => onWidth(null)}
			onKeyDown={onKeyDown}
			className="absolute inset-y-1.5 -right-1 z-10 m-0 h-auto w-2 cursor-col-resize touch-none rounded-sm border-0 before:absolute before:inset-y-0 before:left-1/2 before:w-px before:bg-line hover:before:w-0.5 hover:before:bg-accent-ink focus-visible:before:bg-accent-ink"
		/>
	);
}

function drawnWidth(handle: HTMLElement): number {
	return handle.closest("th")?.getBoundingClientRect().width ?? 0;
}
