"use client";

import { type CSSProperties, type ReactNode, type RefObject, useMemo, useState } from "react";
import { classNames } from "@/app/_ui/class-names";
import { type CellAction, CellMenu, newCellMenu } from "@/app/_ui/data-table/cell-menu";
import { ColumnChooser } from "@/app/_ui/data-table/column-chooser";
import { ColumnHead } from "@/app/_ui/data-table/column-head";
import type { CellFact, DataColumn } from "@/app/_ui/data-table/data-column";
import { DataRow, type RowMark } from "@/app/_ui/data-table/data-row";
import { useDataTable } from "@/app/_ui/data-table/use-data-table";

const LEAD_PX = 36;
/** Of rows without a box: the bar alone. */
const BARE_LEAD_PX = 8;

interface Props<Row extends object> {
	/** What it lists, for those who do not see it. */
	label: string;
	columns: readonly DataColumn<Row>[];
	rows: Row[];
	rowKey: (row: Row) => string;
	rowName: (row: Row) => string;
	rowMark: (row: Row) => RowMark;
	onOpen: (row: Row) => void;
	/** Of the row that is open beside the table. */
	openKey?: string | null;
	/** As `readLayout` reads it. */
	layout: string | null;
	onLayout: (layout: string | null) => void;
	/** What can be done with the values of a cell. */
	actionsFor: (facts: readonly CellFact[]) => readonly CellAction[];
	/** What can be done with selected rows; without it none can be selected. */
	selectionBar?: (selected: Row[], clear: () => void) => ReactNode;
	/** Others are on their way: these stay, dimmed. */
	isOutdated?: boolean;
	tableRef?: RefObject<HTMLTableElement | null>;
	className?: string;
}

/**
 * A table that scrolls inside its frame under a head that stays. Its first HTML carries the rows; columns are chosen, moved
 * and resized with pointer or keyboard, and every cell has a menu.
 */
export function DataTable<Row extends object>({
	label,
	columns,
	rows,
	rowKey,
	rowName,
	rowMark,
	onOpen,
	openKey = null,
	layout,
	onLayout,
	actionsFor,
	selectionBar,
	isOutdated,
	tableRef,
	className,
}: Props<Row>) {
	const [menu] = useState(newCellMenu);
	const { table, shown, changeColumns } = useDataTable({ columns, rows, rowKey, layout, onLayout });
	const [headers = []] = table.getHeaderGroups().map((group) => group.headers);
	const visible = useMemo(
		() => shown.flatMap(({ id }) => columns.find((column) => column.id === id) ?? []),
		[shown, columns],
	);
	const selected = table.getSelectedRowModel().rows.map((row) => row.original);
	const isSelectable = selectionBar !== undefined;
	const doesGrow = visible.some(({ id, grows }) => grows && isUsualWidth(shown, id));
	const leadPx = isSelectable ? LEAD_PX : BARE_LEAD_PX;
	return (
		<div className={classNames("relative flex min-h-0 flex-col", className)}>
			<div
				data-scroller
				className={classNames(
					"relative min-h-0 flex-1 overflow-auto rounded-lg border border-line bg-surface transition-opacity",
					isOutdated && "opacity-55 delay-100",
				)}
			>
				<table
					ref={tableRef}
					aria-label={label}
					aria-busy={isOutdated || undefined}
					className="w-full table-fixed border-separate border-spacing-0 text-left text-sm md:min-w-(--columns)"
					style={{ "--columns": `${leadPx + LEAD_PX + table.getTotalSize()}px` } as CSSProperties}
				>
					<colgroup>
						<col style={{ width: leadPx }} />
						{visible.map(({ id, grows, onNarrow }) => (
							<col
								key={id}
								className={classNames("w-(--wide)", onNarrow === undefined ? "max-md:hidden" : "max-md:w-(--narrow)")}
								style={
									{
										"--wide": grows && isUsualWidth(shown, id) ? "auto" : `${table.getColumn(id)?.getSize()}px`,
										"--narrow": typeof onNarrow === "number" ? `${onNarrow}px` : "auto",
									} as CSSProperties
								}
							/>
						))}
						{/* Where nothing grows, the room that is left is here. */}
						<col className="max-md:hidden" style={{ width: doesGrow ? LEAD_PX : undefined }} />
					</colgroup>
					<thead className="sticky top-0 z-20 bg-sunken [&_th]:border-b [&_th]:border-line">
						<tr>
							<th scope="col" className="p-0">
								{isSelectable ? (
									<label className="grid h-8 place-items-center pl-1">
										<span className="sr-only">Select all rows of this page</span>
										<input
											type="checkbox"
											className="size-3.5 accent-accent"
											checked={table.getIsAllRowsSelected()}
											ref={(box) => {
												if (box) box.indeterminate = table.getIsSomeRowsSelected() && !table.getIsAllRowsSelected();
											}}
											onChange={(event) => table.toggleAllRowsSelected(event.currentTarget.checked)}
										/>
									</label>
								) : (
									<span className="sr-only">Status</span>
								)}
							</th>
							{headers.map((header, index) => {
								const column = visible[index];
								return (
									column && (
										<ColumnHead
											key={header.id}
											header={header}
											column={column}
											isFirst={index === 0}
											isLast={index === headers.length - 1}
											onColumns={changeColumns}
										/>
									)
								);
							})}
							<th scope="col" className="sticky right-0 bg-sunken p-0 pr-1 text-right max-md:hidden">
								<span className="sr-only">Columns</span>
								<ColumnChooser columns={columns} shown={shown} changeColumns={changeColumns} />
							</th>
						</tr>
					</thead>
					<tbody className="[&>tr:first-child>td]:border-t-0">
						{table.getRowModel().rows.map((row) => (
							<DataRow
								key={row.id}
								row={row.original}
								name={rowName(row.original)}
								mark={rowMark(row.original)}
								columns={visible}
								selected={isSelectable ? row.getIsSelected() : null}
								onSelect={row.getToggleSelectedHandler()}
								isOpen={row.id === openKey}
								onOpen={onOpen}
								actionsFor={actionsFor}
								menu={menu}
							/>
						))}
					</tbody>
				</table>
			</div>
			<CellMenu menu={menu} />
			{selected.length > 0 && selectionBar?.(selected, () => table.resetRowSelection(true))}
		</div>
	);
}

function isUsualWidth(shown: readonly { id: string; width: number | null }[], id: string): boolean {
	return shown.find((column) => column.id === id)?.width === null;
}
