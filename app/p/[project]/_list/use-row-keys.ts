import type { RefObject } from "react";
import { useKey } from "@/app/p/[project]/_keys/use-key";

const LINK = "a[data-row]";

/** Next and previous row, opening and selecting, by the keys of all lists: the focus is on a row's link. */
export function useRowKeys(table: RefObject<HTMLTableElement | null>) {
	useKey("row.next", () => moveFocus(table.current, 1));
	useKey("row.previous", () => moveFocus(table.current, -1));
	useKey("row.select", (event) => {
		const box = focusedRow(table.current)?.querySelector<HTMLInputElement>("input[type=checkbox]");
		box?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: event.shiftKey }));
	});
}

function moveFocus(table: HTMLTableElement | null, by: 1 | -1) {
	const links = [...(table?.querySelectorAll<HTMLElement>(LINK) ?? [])];
	const row = focusedRow(table);
	const at = links.findIndex((link) => row?.contains(link));
	const next = at < 0 ? (by > 0 ? links[0] : links.at(-1)) : links[at + by];
	next?.focus({ preventScroll: true });
	next?.closest("tr")?.scrollIntoView({ block: "nearest" });
}

/** The row with the focus, else the one that is open beside the list. */
function focusedRow(table: HTMLTableElement | null): HTMLElement | null {
	const focused = document.activeElement?.closest<HTMLElement>("tbody tr");
	if (focused && table?.contains(focused)) return focused;
	return table?.querySelector<HTMLElement>("tbody tr[data-open]") ?? null;
}
