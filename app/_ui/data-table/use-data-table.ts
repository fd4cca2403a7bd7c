import { type ReactTable, type Updater, useTable } from "@tanstack/react-table";
import { useMemo, useState } from "react";
import {
	clampWidth,
	printLayout,
	readLayout,
	type ShownColumn,
	WIDTH_MAX,
	WIDTH_MIN,
} from "@/app/_ui/data-table/column-layout";
import type { DataColumn } from "@/app/_ui/data-table/data-column";
import { TABLE_FEATURES, type TableFeatures } from "@/app/_ui/data-table/table-features";

interface Options<Row> {
	columns: readonly DataColumn<Row>[];
	rows: Row[];
	rowKey: (row: Row) => string;
	/** As `readLayout` reads it; another text is another layout. */
	layout: string | null;
	onLayout: (layout: string | null) => void;
}

export interface DataTableState<Row extends object> {
	table: ReactTable<TableFeatures, Row>;
	shown: readonly ShownColumn[];
	changeColumns: (change: (shown: readonly ShownColumn[]) => readonly ShownColumn[]) => void;
}

/** The table engine with our columns: which are shown, where and how wide is one list, told to `onLayout` when it changes. */
export function useDataTable<Row extends object>({
	columns,
	rows,
	rowKey,
	layout,
	onLayout,
}: Options<Row>): DataTableState<Row> {
	const [own, setOwn] = useState({ layout, shown: readLayout(layout, columns) });
	// The address brought another layout: it wins over what the reader had.
	const current = own.layout === layout ? own : { layout, shown: readLayout(layout, columns) };
	if (current !== own) setOwn(current);
	const { shown } = current;

	function changeColumns(change: (shown: readonly ShownColumn[]) => readonly ShownColumn[]) {
		const next = [...change(shown)];
		setOwn({ layout, shown: next });
		onLayout(printLayout(next, columns));
	}

	const state = useMemo(
		() => ({
			columnOrder: shown.map(({ id }) => id),
			columnVisibility: Object.fromEntries(
				columns.map(({ id }) => [id, shown.some((column) => column.id === id)] as const),
			),
			columnSizing: sizesOf(shown),
		}),
		[shown, columns],
	);
	const table = useTable({
		features: TABLE_FEATURES,
		data: rows,
		getRowId: rowKey,
		columns: useMemo(
			() => columns.map(({ id, width }) => ({ id, header: id, size: width, minSize: WIDTH_MIN, maxSize: WIDTH_MAX })),
			[columns],
		),
		columnResizeMode: "onChange",
		state,
		onColumnSizingChange: (updater: Updater<Record<string, number>>) =>
			changeColumns((last) => {
				const sizes = typeof updater === "function" ? updater(sizesOf(last)) : updater;
				return last.map(({ id }) => ({ id, width: sizes[id] === undefined ? null : clampWidth(sizes[id]) }));
			}),
	});
	return { table, shown, changeColumns };
}

function sizesOf(shown: readonly ShownColumn[]): Record<string, number> {
	return Object.fromEntries(shown.flatMap(({ id, width }) => (width === null ? [] : [[id, width] as const])));
}
