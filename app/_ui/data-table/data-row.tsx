"use client";

import { type MouseEvent, memo, type ReactNode, useState } from "react";
import { classNames } from "@/app/_ui/class-names";
import { type CellAction, type CellMenuHandle, CellMenuTrigger } from "@/app/_ui/data-table/cell-menu";
import type { CellFact, DataColumn } from "@/app/_ui/data-table/data-column";

/** What the bar at the start of a row says. */
export interface RowMark {
	/** For people. */
	word: string;
	tone: "pass" | "fail" | "pending" | "none";
}

const BARS: Record<RowMark["tone"], string> = {
	pass: "bg-pass/60",
	fail: "bg-bar-fail",
	pending: "animate-pulse bg-field-line",
	none: "bg-transparent",
};

interface Props<Row> {
	row: Row;
	name: string;
	mark: RowMark;
	columns: readonly DataColumn<Row>[];
	/** Null where rows cannot be selected. */
	selected: boolean | null;
	onSelect: (event: MouseEvent) => void;
	isOpen: boolean;
	onOpen: (row: Row) => void;
	actionsFor: (facts: readonly CellFact[]) => readonly CellAction[];
	menu: CellMenuHandle;
}

function PlainRow<Row>({ row, name, mark, columns, selected, onSelect, isOpen, onOpen, actionsFor, menu }: Props<Row>) {
	// The menus of the cells are made for the row that somebody looks at: fifty rows would have hundreds of buttons.
	const [lively, setLively] = useState(false);

	// On the way down, before a link inside follows its own address: where it leads to, the row opens in place.
	function onClick(event: MouseEvent<HTMLElement>) {
		if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
		const control = event.target instanceof Element ? event.target.closest("a, button, input, label") : null;
		if (control ? !control.matches("a[data-row]") : window.getSelection()?.isCollapsed === false) return;
		event.preventDefault();
		onOpen(row);
	}

	return (
		<tr
			onClickCapture={onClick}
			onPointerEnter={() => setLively(true)}
			onPointerLeave={(event) => setLively(event.currentTarget.contains(document.activeElement))}
			onFocus={() => setLively(true)}
			data-selected={selected || undefined}
			data-open={isOpen || undefined}
			className="cursor-pointer scroll-mt-9 hover:bg-hover has-[a:focus-visible]:bg-hover data-selected:bg-accent-soft data-open:bg-accent-soft"
		>
			<td title={mark.word} className="relative h-9 border-t border-line p-0">
				<span aria-hidden className={classNames("absolute inset-y-0 left-0 w-1", BARS[mark.tone])} />
				{selected === null ? (
					<span className="sr-only">{mark.word}</span>
				) : (
					<label className="grid h-9 place-items-center pl-1">
						<span className="sr-only">
							Select {name} ({mark.word})
						</span>
						<input type="checkbox" checked={selected} readOnly onClick={onSelect} className="size-3.5 accent-accent" />
					</label>
				)}
			</td>
			{columns.map((column) => (
				<DataCell key={column.id} column={column} row={row}>
					{lively && (column.text || column.facts) && (
						<CellMenuTrigger
							menu={menu}
							name={column.name}
							isNumeric={column.isNumeric}
							content={() => ({
								name: column.name,
								actions: actionsFor(column.facts?.(row) ?? []),
								text: column.text?.(row) ?? null,
							})}
						/>
					)}
				</DataCell>
			))}
			<td className="border-t border-line p-0 max-md:hidden" />
		</tr>
	);
}

/** One row; drawn again only when something of it changes. */
export const DataRow = memo(PlainRow) as typeof PlainRow;

function DataCell<Row>({ column, row, children }: { column: DataColumn<Row>; row: Row; children: ReactNode }) {
	return (
		<td
			className={classNames(
				"group/cell relative h-9 truncate border-t border-line px-3 py-0 align-middle text-xs",
				column.isNumeric && "text-right",
				column.onNarrow === undefined && "max-md:hidden",
			)}
		>
			<Content column={column} row={row} />
			{children}
		</td>
	);
}

const Content = memo(PlainContent) as typeof PlainContent;

function PlainContent<Row>({ column, row }: { column: DataColumn<Row>; row: Row }) {
	return column.cell(row);
}
