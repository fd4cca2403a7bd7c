import type { DataColumn } from "@/app/_ui/data-table/data-column";

/** A column that is shown; `width` in pixels when the reader chose one. */
export interface ShownColumn {
	id: string;
	width: number | null;
}

export const WIDTH_MIN = 56;
export const WIDTH_MAX = 960;

/** More than any table has columns; longer texts are nobody's choice. */
const TEXT_CHARS_MAX = 1_000;
const ENTRY = /^([a-z][a-z0-9.]*)(?::(\d{1,4}))?$/;

type Known = Pick<DataColumn<never>, "id" | "isFixed" | "isOptional">;

/**
 * Which of the known columns are shown, in order: `name:240,input,duration` in an address or a cookie. Columns that are not
 * known and repeated ones are left out, fixed ones are always there; null and what names no column mean the usual ones.
 */
export function readLayout(text: string | null, columns: readonly Known[]): ShownColumn[] {
	const entries = text !== null && text.length <= TEXT_CHARS_MAX ? text.split(",") : [];
	const shown: ShownColumn[] = [];
	for (const entry of entries) {
		const [, id, width] = ENTRY.exec(entry) ?? [];
		if (id === undefined || !columns.some((column) => column.id === id)) continue;
		if (shown.some((column) => column.id === id)) continue;
		shown.push({ id, width: width === undefined ? null : clampWidth(Number(width)) });
	}
	if (shown.length === 0) return usualLayout(columns);
	const missing = columns.filter(({ id, isFixed }) => isFixed && !shown.some((column) => column.id === id));
	return [...missing.map(({ id }) => ({ id, width: null })), ...shown];
}

/** As `readLayout` reads it; null for the usual columns, which need not be told. */
export function printLayout(shown: readonly ShownColumn[], columns: readonly Known[]): string | null {
	const text = textOf(shown);
	return text === textOf(usualLayout(columns)) ? null : text;
}

export function clampWidth(width: number): number {
	return Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, Math.round(width)));
}

function usualLayout(columns: readonly Known[]): ShownColumn[] {
	return columns.filter(({ isOptional }) => !isOptional).map(({ id }) => ({ id, width: null }));
}

function textOf(shown: readonly ShownColumn[]): string {
	return shown.map(({ id, width }) => (width === null ? id : `${id}:${width}`)).join(",");
}
