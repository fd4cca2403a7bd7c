"use client";

import { Menu } from "@base-ui/react/menu";
import { Check, Columns3, RotateCcw } from "lucide-react";
import { buttonClass } from "@/app/_ui/button";
import { readLayout } from "@/app/_ui/data-table/column-layout";
import type { DataColumn } from "@/app/_ui/data-table/data-column";
import { hideColumn, showColumn } from "@/app/_ui/data-table/edit-columns";
import type { DataTableState } from "@/app/_ui/data-table/use-data-table";
import { menuItem, menuPopup } from "@/app/_ui/menu-style";

interface Props<Row extends object> extends Pick<DataTableState<Row>, "shown" | "changeColumns"> {
	columns: readonly DataColumn<Row>[];
}

/** Which columns a table shows. */
export function ColumnChooser<Row extends object>({ columns, shown, changeColumns }: Props<Row>) {
	return (
		<Menu.Root modal={false}>
			<Menu.Trigger aria-label="Columns" title="Columns" className={buttonClass({ variant: "ghost", size: "icon" })}>
				<Columns3 aria-hidden className="size-3.5" />
			</Menu.Trigger>
			<Menu.Portal>
				<Menu.Positioner align="end" sideOffset={4} className="z-50 outline-none">
					<Menu.Popup className={menuPopup}>
						{columns.map(({ id, name, isFixed }) => (
							<Menu.CheckboxItem
								key={id}
								className={menuItem}
								disabled={isFixed}
								checked={shown.some((column) => column.id === id)}
								onCheckedChange={(checked) =>
									changeColumns((last) => (checked ? showColumn(last, id) : hideColumn(last, id)))
								}
							>
								<span className="grid size-3.5 place-items-center">
									<Menu.CheckboxItemIndicator>
										<Check aria-hidden className="size-3.5 text-accent-ink" />
									</Menu.CheckboxItemIndicator>
								</span>
								{name}
							</Menu.CheckboxItem>
						))}
						<Menu.Separator className="my-1 h-px bg-line" />
						<Menu.Item className={menuItem} onClick={() => changeColumns(() => readLayout(null, columns))}>
							<RotateCcw aria-hidden />
							Usual columns
						</Menu.Item>
					</Menu.Popup>
				</Menu.Positioner>
			</Menu.Portal>
		</Menu.Root>
	);
}
