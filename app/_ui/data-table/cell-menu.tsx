"use client";

import { Menu } from "@base-ui/react/menu";
import { Copy, EllipsisVertical, type LucideIcon } from "lucide-react";
import { classNames } from "@/app/_ui/class-names";
import { copyText } from "@/app/_ui/copy-text";
import { menuItem, menuPopup } from "@/app/_ui/menu-style";

/** Something that can be done with what a cell says. */
export interface CellAction {
	label: string;
	Icon: LucideIcon;
	run: () => void;
}

export interface CellMenuContent {
	/** Of the column. */
	name: string;
	actions: readonly CellAction[];
	/** For the clipboard; null when there is nothing to copy. */
	text: string | null;
}

export type CellMenuHandle = ReturnType<typeof newCellMenu>;

/** Ties the one menu of a table to the triggers in its cells. */
export function newCellMenu() {
	return Menu.createHandle<() => CellMenuContent>();
}

interface TriggerProps {
	menu: CellMenuHandle;
	name: string;
	/** Asked for when the menu opens. */
	content: () => CellMenuContent;
	isNumeric?: boolean;
}

/** Opens the menu of one cell; seen while the pointer or the focus is on it. */
export function CellMenuTrigger({ menu, name, content, isNumeric }: TriggerProps) {
	return (
		<Menu.Trigger
			handle={menu}
			payload={content}
			aria-label={`${name}: filter or copy`}
			className={classNames(
				"absolute top-1/2 z-10 grid h-6 w-5 -translate-y-1/2 place-items-center rounded border border-line bg-surface text-faint opacity-0 shadow-xs group-hover/cell:opacity-100 hover:text-ink focus-visible:opacity-100 data-popup-open:opacity-100",
				isNumeric ? "left-0.5" : "right-0.5",
			)}
		>
			<EllipsisVertical aria-hidden className="size-3.5" />
		</Menu.Trigger>
	);
}

/** The menu that the cells of a table share. */
export function CellMenu({ menu }: { menu: CellMenuHandle }) {
	return (
		<Menu.Root handle={menu} modal={false}>
			{({ payload }) => (
				<Menu.Portal>
					{/* Rows that arrive push the cell down; the menu stays where somebody is about to click. */}
					<Menu.Positioner align="start" sideOffset={4} disableAnchorTracking className="z-50 outline-none">
						{payload && <Items {...payload()} />}
					</Menu.Positioner>
				</Menu.Portal>
			)}
		</Menu.Root>
	);
}

function Items({ name, actions, text }: CellMenuContent) {
	return (
		<Menu.Popup className={menuPopup} aria-label={name}>
			{actions.map(({ label, Icon, run }) => (
				<Menu.Item key={label} className={menuItem} onClick={run}>
					<Icon aria-hidden />
					<span className="min-w-0 truncate">{label}</span>
				</Menu.Item>
			))}
			{text !== null && (
				<Menu.Item className={menuItem} onClick={() => copyText(text)}>
					<Copy aria-hidden />
					Copy
				</Menu.Item>
			)}
		</Menu.Popup>
	);
}
