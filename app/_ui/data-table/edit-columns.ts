import { clampWidth, type ShownColumn } from "@/app/_ui/data-table/column-layout";

type Shown = readonly ShownColumn[];

/** One place to the left (-1) or right (1); at either end nothing happens. */
export function moveColumn(shown: Shown, id: string, by: -1 | 1): Shown {
	const from = shown.findIndex((column) => column.id === id);
	const neighbour = shown[from + by];
	if (from < 0 || !neighbour) return shown;
	return placeColumn(shown, id, neighbour.id, by < 0 ? "before" : "after");
}

/** Takes a column out and puts it beside another one. */
export function placeColumn(shown: Shown, id: string, beside: string, side: "before" | "after"): Shown {
	const moved = shown.find((column) => column.id === id);
	if (!moved || id === beside) return shown;
	const others = shown.filter((column) => column.id !== id);
	const at = others.findIndex((column) => column.id === beside);
	if (at < 0) return shown;
	return others.toSpliced(side === "before" ? at : at + 1, 0, moved);
}

export function hideColumn(shown: Shown, id: string): Shown {
	return shown.filter((column) => column.id !== id);
}

/** At the end, where it is easily seen and moved from. */
export function showColumn(shown: Shown, id: string): Shown {
	return shown.some((column) => column.id === id) ? shown : [...shown, { id, width: null }];
}

/** In pixels, within what a column can be; null for the usual width. */
export function setWidth(shown: Shown, id: string, width: number | null): Shown {
	return shown.map((column) => (column.id === id ? { id, width: width === null ? null : clampWidth(width) } : column));
}
