"use client";

import { useState, useSyncExternalStore } from "react";

/** Share of the window in percent. */
const WIDTH = { default: 60, min: 35, max: 95, step: 5 };
const STORED_AS = "spanwise.drawer-width";

/** How wide the drawer is in this browser. */
export function useDrawerWidth(): [width: number, setWidth: (width: number) => void] {
	const stored = useSyncExternalStore(never, readStored, () => WIDTH.default);
	const [chosen, setChosen] = useState<number | null>(null);
	return [
		chosen ?? stored,
		(width) => {
			const next = Math.round(Math.min(WIDTH.max, Math.max(WIDTH.min, width)));
			setChosen(next);
			try {
				window.localStorage.setItem(STORED_AS, String(next));
			} catch {
				// Storage may be refused; then the width lasts as long as the page.
			}
		},
	];
}

interface Props {
	width: number;
	onWidth: (width: number) => void;
}

/** The edge of the drawer, which can be dragged, or moved with the arrow keys. */
export function DrawerEdge({ width, onWidth }: Props) {
	return (
		// biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved
		<div
			role="separator"
			tabIndex={0}
			aria-label="Width of the drawer"
			aria-orientation="vertical"
			aria-valuenow={width}
			aria-valuemin={WIDTH.min}
			aria-valuemax={WIDTH.max}
			className="absolute inset-y-0 left-0 z-10 hidden w-1.5 cursor-col-resize touch-none hover:bg-accent-soft focus-visible:bg-accent-soft focus-visible:-outline-offset-2 md:block"
			onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
			onPointerMove={(event) => {
				if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
				onWidth(100 * (1 - event.clientX / window.innerWidth));
			}}
			onKeyDown={(event) => {
				const step = { ArrowLeft: WIDTH.step, ArrowRight: -WIDTH.step }[event.key];
				if (step === undefined) return;
				event.preventDefault();
				onWidth(width + step);
			}}
		/>
	);
}

function readStored(): number {
	try {
		const width = Number(window.localStorage.getItem(STORED_AS));
		return width >= WIDTH.min && width <= WIDTH.max ? width : WIDTH.default;
	} catch {
		return WIDTH.default;
	}
}

function never() {
	return () => {};
}
