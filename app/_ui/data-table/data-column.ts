import type { ReactNode } from "react";

/** One column of a table: what it is called, how wide it starts, and what it shows of a row. */
export interface DataColumn<Row> {
	/** Lower-case letters, digits and dots: it stands in addresses and cookies. */
	id: string;
	name: string;
	/** In pixels, until the reader makes it wider or narrower. */
	width: number;
	/** Shares what room is left, unless the reader gave it a width. */
	grows?: boolean;
	isNumeric?: boolean;
	/** Not shown until the reader chooses it. */
	isOptional?: boolean;
	/** Cannot be hidden. */
	isFixed?: boolean;
	/** Shown on narrow screens as well: in that many pixels, or in what room is left. */
	onNarrow?: number | "grows";
	cell(row: Row): ReactNode;
	/** What the cell says, for the clipboard; null when there is nothing to copy. */
	text?(row: Row): string | null;
	/** What rows like this one have in common, for filters. */
	facts?(row: Row): readonly CellFact[];
}

/** A value that rows can be picked by. */
export interface CellFact {
	/** A field of whatever language the page filters in. */
	field: string;
	value: string | number | boolean;
}
