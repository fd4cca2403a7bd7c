"use client";

import { Menu } from "@base-ui/react/menu";
import { Download } from "lucide-react";
import { buttonClass } from "@/app/_ui/button";
import { menuItem, menuPopup } from "@/app/_ui/menu-style";

const FORMATS = [
	{ format: "csv", words: "CSV, for spreadsheets" },
	{ format: "json", words: "JSON" },
	{ format: "ndjson", words: "JSON, one line a trace" },
];

/** Saves what the list's time and filter hold, all pages of it. `href` is the export's address without its format. */
export function ExportMenu({ href }: { href: string }) {
	return (
		<Menu.Root modal={false}>
			<Menu.Trigger
				aria-label="Export what this list holds"
				title="Export what this list holds"
				className={buttonClass({ size: "icon" }, "size-8")}
			>
				<Download aria-hidden className="size-3.5" />
			</Menu.Trigger>
			<Menu.Portal>
				<Menu.Positioner align="end" sideOffset={4} className="z-50 outline-none">
					<Menu.Popup className={menuPopup}>
						{FORMATS.map(({ format, words }) => (
							<Menu.LinkItem
								key={format}
								closeOnClick
								className={menuItem}
								render={<a href={`${href}${href.includes("?") ? "&" : "?"}format=${format}`} download />}
							>
								{words}
							</Menu.LinkItem>
						))}
					</Menu.Popup>
				</Menu.Positioner>
			</Menu.Portal>
		</Menu.Root>
	);
}
