"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { useContext, useRef, useState } from "react";
import { classNames } from "@/app/_ui/class-names";
import { dialogBackdrop } from "@/app/_ui/dialog-style";
import { KeyContext } from "@/app/p/[project]/_keys/key-provider";
import type { KeyAction } from "@/app/p/[project]/_keys/key-table";
import { KeyWords } from "@/app/p/[project]/_keys/key-words";
import { useFocusBack } from "@/app/p/[project]/_keys/use-focus-back";
import { useKey } from "@/app/p/[project]/_keys/use-key";
import { listViewsAction, type PaletteView } from "@/app/p/[project]/_palette/list-views-action";
import { type PaletteGroup, type PaletteItem, paletteGroups } from "@/app/p/[project]/_palette/palette-groups";

interface Props {
	/** URL segment of the shown project. */
	segment: string;
	isOneProject: boolean;
	projects: readonly { id: string; name: string }[];
}

const POPUP = classNames(
	"fixed top-[12dvh] left-1/2 z-50 flex max-h-[70dvh] w-144 max-w-[calc(100vw-2rem)] -translate-x-1/2 flex-col overflow-hidden",
	"rounded-lg border border-line bg-surface text-ink shadow-raised outline-none transition-opacity duration-100",
	"data-ending-style:opacity-0 data-starting-style:opacity-0",
);

/** Everything one may go to or do, by typing a part of its name; the button is for who does not know the key. */
export function CommandPalette(known: Props) {
	const router = useRouter();
	const { setTheme } = useTheme();
	const [open, setOpen] = useState(false);
	const [typed, setTyped] = useState("");
	const [actions, setActions] = useState<KeyAction[]>([]);
	const [views, setViews] = useState<PaletteView[]>([]);
	const focus = useFocusBack();
	const next = useRef<KeyAction | null>(null);
	const bindings = useContext(KeyContext);

	/** What opens next has to wait until this is closed, or the focus would come back from it. */
	function closed(isOpen: boolean) {
		if (!isOpen && next.current) bindings?.trigger(next.current);
		next.current = null;
	}

	function show(isOpen: boolean) {
		if (isOpen) {
			focus.remember();
			setTyped("");
			setActions(bindings?.bound() ?? []);
			// A courtesy: without an answer the palette has everything else.
			listViewsAction(known.segment).then(setViews, () => undefined);
		}
		setOpen(isOpen);
	}
	useKey("palette", () => show(!open));

	function run({ does }: PaletteItem) {
		setOpen(false);
		if ("href" in does) {
			focus.forget();
			router.push(does.href);
		} else if ("theme" in does) setTheme(does.theme);
		else next.current = does.action;
	}

	return (
		<Dialog.Root open={open} onOpenChange={show} onOpenChangeComplete={closed}>
			<Dialog.Trigger className="flex h-8 w-full items-center gap-2 rounded-md border border-line bg-canvas px-2 text-sm text-muted hover:bg-hover hover:text-ink">
				<Search aria-hidden className="size-3.5" />
				<span className="flex-1 text-left">Search or go to</span>
				<KeyWords keys={["mod+k"]} />
			</Dialog.Trigger>
			<Dialog.Portal>
				<Dialog.Backdrop className={dialogBackdrop} />
				<Dialog.Popup finalFocus={focus.finalFocus} className={POPUP} aria-label="Command palette">
					<Autocomplete.Root
						inline
						open
						mode="none"
						autoHighlight="always"
						keepHighlight
						items={paletteGroups(typed, { ...known, actions, views })}
						value={typed}
						onValueChange={setTyped}
						itemToStringValue={(item: PaletteItem) => item.label}
					>
						<div className="flex items-center gap-2 border-b border-line px-3">
							<Search aria-hidden className="size-4 shrink-0 text-faint" />
							<Autocomplete.Input
								aria-label="Search commands, traces and projects"
								placeholder="A page, a project, a trace id, text or a filter"
								spellCheck={false}
								className="h-11 w-full bg-transparent text-base outline-none placeholder:text-faint"
							/>
							<Dialog.Close className="sr-only">Close</Dialog.Close>
						</div>
						<Autocomplete.Empty className="px-3 py-6 text-center text-sm text-muted empty:hidden">
							Nothing has these words.
						</Autocomplete.Empty>
						<Autocomplete.List className="min-h-0 flex-1 scroll-py-1 overflow-y-auto p-1 empty:hidden">
							{(group: PaletteGroup) => (
								<Autocomplete.Group key={group.value} items={group.items} className="pb-1">
									<Autocomplete.GroupLabel className="px-2 pt-1.5 pb-1 text-2xs font-medium text-faint">
										{group.value}
									</Autocomplete.GroupLabel>
									<Autocomplete.Collection>
										{(item: PaletteItem) => (
											<Autocomplete.Item
												key={item.id}
												value={item}
												onClick={() => run(item)}
												className="flex min-h-8 cursor-pointer items-center justify-between gap-3 rounded px-2 text-sm outline-none select-none data-highlighted:bg-hover"
											>
												<span className="min-w-0 truncate">{item.label}</span>
												{item.keys.length > 0 && <KeyWords keys={item.keys} />}
											</Autocomplete.Item>
										)}
									</Autocomplete.Collection>
								</Autocomplete.Group>
							)}
						</Autocomplete.List>
					</Autocomplete.Root>
				</Dialog.Popup>
			</Dialog.Portal>
		</Dialog.Root>
	);
}
