"use client";

import { Menu } from "@base-ui/react/menu";
import type { Header } from "@tanstack/react-table";
import { ArrowLeft, ArrowRight, EyeOff, MoveHorizontal } from "lucide-react";
import { type DragEvent, useState } from "react";
import { classNames } from "@/app/_ui/class-names";
import type { DataColumn } from "@/app/_ui/data-table/data-column";
import { hideColumn, moveColumn, placeColumn, setWidth } from "@/app/_ui/data-table/edit-columns";
import { ResizeHandle } from "@/app/_ui/data-table/resize-handle";
import type { TableFeatures } from "@/app/_ui/data-table/table-features";
import type { DataTableState } from "@/app/_ui/data-table/use-data-table";
import { menuItem, menuPopup } from "@/app/_ui/menu-style";

const DRAGGED = "application/x-spanwise-column";

interface Props<Row extends object> {
	header: Header<TableFeatures, Row, unknown>;
	column: DataColumn<Row>;
	isFirst: boolean;
	isLast: boolean;
	onColumns: DataTableState<Row>["changeColumns"];
}

/** The head of a column: its name opens what can be done with it, and can be dragged onto another head. */
export function ColumnHead<Row extends object>({ header, column, isFirst, isLast, onColumns }: Props<Row>) {
	const [dropSide, setDropSide] = useState<"before" | "after" | null>(null);
	const { id, name, isNumeric, isFixed, onNarrow } = column;

	function onDragOver(event: DragEvent<HTMLElement>) {
		if (!event.dataTransfer.types.includes(DRAGGED)) return;
		event.preventDefault();
		setDropSide(sideOf(event));
	}

	function onDrop(event: DragEvent<HTMLElement>) {
		event.preventDefault();
		setDropSide(null);
		const dragged = event.dataTransfer.getData(DRAGGED);
		if (dragged !== "") onColumns((shown) => placeColumn(shown, dragged, id, sideOf(event)));
	}

	return (
		<th
			scope="col"
			onDragOver={onDragOver}
			onDragLeave={() => setDropSide(null)}
			onDrop={onDrop}
			className={classNames(
				"relative h-8 px-1 text-xs font-medium whitespace-nowrap text-muted",
				isNumeric && "text-right",
				onNarrow === undefined && "max-md:hidden",
				dropSide === "before" && "shadow-[inset_2px_0_var(--accent-ink)]",
				dropSide === "after" && "shadow-[inset_-2px_0_var(--accent-ink)]",
			)}
		>
			<Menu.Root modal={false}>
				<Menu.Trigger
					draggable
					onDragStart={(event) => {
						event.dataTransfer.setData(DRAGGED, id);
						event.dataTransfer.effectAllowed = "move";
					}}
					className="inline-block max-w-full truncate rounded px-2 py-0.5 align-middle hover:bg-hover hover:text-ink data-popup-open:bg-hover"
				>
					{name}
				</Menu.Trigger>
				<Menu.Portal>
					<Menu.Positioner align={isNumeric ? "end" : "start"} sideOffset={4} className="z-50 outline-none">
						<Menu.Popup className={menuPopup} aria-label={`Column ${name}`}>
							<Menu.Item
								className={menuItem}
								disabled={isFirst}
								onClick={() => onColumns((shown) => moveColumn(shown, id, -1))}
							>
								<ArrowLeft aria-hidden />
								Move left
							</Menu.Item>
							<Menu.Item
								className={menuItem}
								disabled={isLast}
								onClick={() => onColumns((shown) => moveColumn(shown, id, 1))}
							>
								<ArrowRight aria-hidden />
								Move right
							</Menu.Item>
							<Menu.Item className={menuItem} onClick={() => onColumns((shown) => setWidth(shown, id, null))}>
								<MoveHorizontal aria-hidden />
								Usual width
							</Menu.Item>
							<Menu.Item
								className={menuItem}
								disabled={isFixed}
								onClick={() => onColumns((shown) => hideColumn(shown, id))}
							>
								<EyeOff aria-hidden />
								Hide
							</Menu.Item>
						</Menu.Popup>
					</Menu.Positioner>
				</Menu.Portal>
			</Menu.Root>
			<ResizeHandle header={header} name={name} onWidth={(width) => onColumns((shown) => setWidth(shown, id, width))} />
		</th>
	);
}

function sideOf(event: DragEvent<HTMLElement>): "before" | "after" {
	const { left, width } = event.currentTarget.getBoundingClientRect();
	return event.clientX < left + width / 2 ? "before" : "after";
}
