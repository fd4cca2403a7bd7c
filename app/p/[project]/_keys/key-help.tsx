"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Keyboard, X } from "lucide-react";
import { useState } from "react";
import { buttonClass } from "@/app/_ui/button";
import { classNames } from "@/app/_ui/class-names";
import { dialogBackdrop, dialogPopup, dialogTitle } from "@/app/_ui/dialog-style";
import { KEY_TABLE, type KeyGroup } from "@/app/p/[project]/_keys/key-table";
import { KeyWords } from "@/app/p/[project]/_keys/key-words";
import { useFocusBack } from "@/app/p/[project]/_keys/use-focus-back";
import { useKey } from "@/app/p/[project]/_keys/use-key";

const GROUPS: readonly KeyGroup[] = ["Everywhere", "Lists", "Trace"];

/** All keys of the table. `?` opens it, and so does its button. */
export function KeyHelp() {
	const [open, setOpen] = useState(false);
	const focus = useFocusBack();

	function show(next: boolean) {
		if (next) focus.remember();
		setOpen(next);
	}
	useKey("help", () => show(true));

	return (
		<Dialog.Root open={open} onOpenChange={show}>
			<Dialog.Trigger
				aria-label="Keyboard shortcuts"
				title="Keyboard shortcuts"
				className={buttonClass({ variant: "ghost", size: "icon" })}
			>
				<Keyboard aria-hidden className="size-4" />
			</Dialog.Trigger>
			<Dialog.Portal>
				<Dialog.Backdrop className={dialogBackdrop} />
				<Dialog.Popup finalFocus={focus.finalFocus} className={classNames(dialogPopup, "w-180")}>
					<header className="flex items-center justify-between gap-4">
						<Dialog.Title className={dialogTitle}>Keyboard shortcuts</Dialog.Title>
						<Dialog.Close aria-label="Close" className={buttonClass({ variant: "ghost", size: "icon" })}>
							<X aria-hidden className="size-4" />
						</Dialog.Close>
					</header>
					<div className="columns-1 gap-8 sm:columns-2">
						{GROUPS.map((group) => (
							<section key={group} aria-label={group} className="mb-4 break-inside-avoid-column">
								<h3 className="mb-1 text-xs font-medium text-faint">{group}</h3>
								<dl className="flex flex-col">
									{KEY_TABLE.filter((row) => row.group === group).map(({ action, keys, does }) => (
										<div
											key={action}
											className="flex min-h-7 items-center justify-between gap-3 border-t border-line py-1 first:border-t-0"
										>
											<dt className="text-sm text-ink">{does}</dt>
											<dd>
												<KeyWords keys={keys} />
											</dd>
										</div>
									))}
								</dl>
							</section>
						))}
					</div>
				</Dialog.Popup>
			</Dialog.Portal>
		</Dialog.Root>
	);
}
