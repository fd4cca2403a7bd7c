"use client";

import { Popover } from "@base-ui/react/popover";
import { Bookmark, ChevronDown, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { ActionForm } from "@/app/_ui/action-form";
import { buttonClass } from "@/app/_ui/button";
import { ConfirmButton } from "@/app/_ui/confirm-button";
import { FormDialog } from "@/app/_ui/form-dialog";
import { FormMessage } from "@/app/_ui/form-message";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { ListLink } from "@/app/p/[project]/_list/list-link";
import type { ListPlace } from "@/app/p/[project]/_list/list-table";
import { deleteViewAction, renameViewAction, saveViewAction } from "@/app/p/[project]/_list/view-actions";
import { fromTheStart, parseTraceSearch, traceSearchHref } from "@/app/p/[project]/traces/search-params";
import type { SavedView } from "@/lib/views/saved-view";

interface Props {
	projectId: string;
	place: ListPlace;
	views: SavedView[];
}

/** The lists that the project keeps under names, and keeping this one. */
export function ViewsMenu({ projectId, place: { list, path, search }, views }: Props) {
	const [open, setOpen] = useState(false);
	const own = traceSearchHref("", { ...fromTheStart(search), liveOff: false });
	const current = views.find(({ query }) => hrefOf("", query) === own && own !== "");
	return (
		<Popover.Root open={open} onOpenChange={setOpen}>
			<Popover.Trigger className={buttonClass()} title="Saved views">
				<Bookmark aria-hidden className="size-3.5 text-faint" />
				<span className="max-w-40 truncate">{current?.name ?? "Views"}</span>
				<ChevronDown aria-hidden className="size-3.5 text-faint" />
			</Popover.Trigger>
			<Popover.Portal>
				<Popover.Positioner align="end" sideOffset={4} className="z-40 outline-none">
					<Popover.Popup
						aria-label="Saved views"
						className="flex max-h-[min(28rem,var(--available-height))] w-72 flex-col overflow-y-auto rounded-lg border border-line bg-surface p-1 text-ink shadow-raised outline-none"
					>
						{views.length === 0 && (
							<p className="px-2 py-2 text-xs text-pretty text-faint">
								No view is saved yet. A view keeps time, filter and columns for everybody in the project.
							</p>
						)}
						<ul className="flex flex-col">
							{views.map(({ id, name, query }) => (
								<li key={id} className="flex items-center rounded hover:bg-hover">
									<ListLink
										href={hrefOf(path, query)}
										aria-current={id === current?.id ? "true" : undefined}
										onClick={() => setOpen(false)}
										className="min-w-0 flex-1 truncate px-2 py-1.5 text-sm aria-[current]:font-medium aria-[current]:text-accent-ink"
									>
										{name}
									</ListLink>
									<FormDialog
										trigger={<Pencil aria-hidden className="size-3.5" />}
										label={`Rename ${name}`}
										title="Rename the view"
										submit="Rename"
										action={renameViewAction.bind(null, projectId, id)}
										variant="ghost"
										size="icon"
									>
										<TextField name="name" label="Name" defaultValue={name} />
									</FormDialog>
									<ConfirmButton
										label={`Delete ${name}`}
										title={`Delete the view “${name}”?`}
										text="It goes for everybody in the project. The traces stay."
										confirm="Delete"
										action={deleteViewAction.bind(null, projectId, id)}
										variant="ghost"
										size="icon"
									>
										<Trash2 aria-hidden className="size-3.5" />
									</ConfirmButton>
								</li>
							))}
						</ul>
						<ActionForm
							action={saveViewAction.bind(null, projectId, list, own.slice(1))}
							aria-label="Save this view"
							className="mt-1 flex flex-col gap-2 border-t border-line p-2"
						>
							<TextField
								name="name"
								label="Save this list as"
								hint="A name that is taken is replaced."
								placeholder="Failing in production"
							/>
							<FormMessage />
							<SubmitButton size="sm" variant="secondary">
								Save view
							</SubmitButton>
						</ActionForm>
					</Popover.Popup>
				</Popover.Positioner>
			</Popover.Portal>
		</Popover.Root>
	);
}

// A stored query is read like any address, so it can say no more than one.
function hrefOf(path: string, query: string): string {
	return traceSearchHref(path, parseTraceSearch(Object.fromEntries(new URLSearchParams(query))));
}
