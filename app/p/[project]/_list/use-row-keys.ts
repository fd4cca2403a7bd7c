import type { RefObject } from "react";
import { useKey } from "@/app/p/[project]/_keys/use-key";

const LINK = "a[data-row]";

/**
 * Next and previous row, opening and selecting, by the keys of all lists: the focus is on a row's link. `onMove` hears the
 * place of the row that the focus went to.
 */
export function useRowKeys(table: RefObject<HTMLTableElement | null>, onMove: (index: number) => void) {
	const move = (by: 1 | -1) => {
		const index = moveFocus(table.current, by);
		if (index !== null) onMove(index);
	};
	useKey("row.next", () => move(1));
	useKey("row.previous", () => move(-1));
	useKey("row.select", (event) => {
		const box = focusedRow(table.current)?.querySelector<HTMLInputElement>("input[type=checkbox]");
		box?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: event.shiftKey }));
	});
}

function moveFocus(table: HTMLTableElement | null, by: 1 | -1): number | null {
	const links = [...(table?.querySelectorAll<HTMLElement>(LINK) ?? [])];
	const row = focusedRow(table);
	const at = links.findIndex((link) => row?.contains(link));
	const to = at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by;
	const next = links[to];
	if (!next) return null;
	next.focus({ preventScroll: true });
	next.closest("tr")?.scrollIntoView({ block: "nearest" });
	return to;
}

/** The row with the focus, else the one that is open beside the list. */
function focusedRow(table: HTMLTableElement | null): HTMLElement | null {
	const focused = document.activeElement?.closest<HTMLElement>("tbody tr");
	if (focused && table?.contains(focused)) return focused;
	return table?.querySelector<HTMLElement>("tbody tr[data-open]") ?? null;
}
