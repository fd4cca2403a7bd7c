"use client";

import { Popover } from "@base-ui/react/popover";
import { CalendarRange, Check, ChevronDown } from "lucide-react";
import { type FormEvent, useState } from "react";
import { buttonClass } from "@/app/_ui/button";
import { classNames } from "@/app/_ui/class-names";
import { Time } from "@/app/_ui/time";
import { ListLink } from "@/app/p/[project]/_list/list-link";
import { useListNavigation } from "@/app/p/[project]/_list/list-navigation";
import { RANGE_NAMES, type RangeName, rangeWords } from "@/app/p/[project]/_list/time-range";
import { fromTheStart, type TraceSearch, traceSearchHref } from "@/app/p/[project]/traces/search-params";

interface Props {
	path: string;
	search: TraceSearch;
	/** The range that is shown when the address names no time. */
	usual: RangeName;
}

const FIELD = "h-8 w-full rounded-md border border-field-line bg-surface px-2 text-xs text-ink";

/** The time that the list covers: usual spans up to now, or any from and to. */
export function TimeControl({ path, search, usual }: Props) {
	const { go } = useListNavigation();
	const [open, setOpen] = useState(false);
	const start = fromTheStart(search);
	const isCustom = search.from !== null || search.to !== null;
	const shown = search.range ?? usual;

	function onSubmit(event: FormEvent<HTMLFormElement>) {
		event.preventDefault();
		const data = new FormData(event.currentTarget);
		const moment = (name: string) => Date.parse(String(data.get(name) ?? ""));
		const [from, to] = [moment("from"), moment("to")].map((value) => (Number.isNaN(value) ? null : value));
		if (from == null && to == null) return;
		setOpen(false);
		go(traceSearchHref(path, { ...start, range: null, from: from ?? null, to: to ?? null }));
	}

	return (
		<Popover.Root open={open} onOpenChange={setOpen}>
			<Popover.Trigger className={buttonClass()} title="The time that the list covers">
				<CalendarRange aria-hidden className="size-3.5 text-faint" />
				<span className="max-w-72 truncate">{isCustom ? <CustomTime search={search} /> : rangeWords(shown)}</span>
				<ChevronDown aria-hidden className="size-3.5 text-faint" />
			</Popover.Trigger>
			<Popover.Portal>
				<Popover.Positioner align="end" sideOffset={4} className="z-50 outline-none">
					<Popover.Popup
						aria-label="Time"
						className="w-64 rounded-lg border border-line bg-surface p-1 text-ink shadow-raised outline-none"
					>
						<ul className="flex flex-col">
							{RANGE_NAMES.map((range) => {
								const isCurrent = !isCustom && range === shown;
								return (
									<li key={range}>
										<ListLink
											href={traceSearchHref(path, { ...start, range, from: null, to: null })}
											aria-current={isCurrent ? "true" : undefined}
											onClick={() => setOpen(false)}
											className="flex h-7.5 items-center justify-between rounded px-2 text-sm hover:bg-hover"
										>
											{rangeWords(range)}
											<Check
												aria-hidden
												className={classNames("size-3.5 text-accent-ink", !isCurrent && "invisible")}
											/>
										</ListLink>
									</li>
								);
							})}
						</ul>
						<form onSubmit={onSubmit} className="mt-1 flex flex-col gap-2 border-t border-line p-2">
							<label className="flex flex-col gap-1 text-xs font-medium text-muted">
								From
								<input
									type="datetime-local"
									name="from"
									step={1}
									defaultValue={localText(search.from)}
									className={FIELD}
								/>
							</label>
							<label className="flex flex-col gap-1 text-xs font-medium text-muted">
								To
								<input type="datetime-local" name="to" step={1} defaultValue={localText(search.to)} className={FIELD} />
							</label>
							<button type="submit" className={buttonClass({ size: "sm" })}>
								Show this time
							</button>
						</form>
					</Popover.Popup>
				</Popover.Positioner>
			</Popover.Portal>
		</Popover.Root>
	);
}

function CustomTime({ search: { from, to } }: { search: TraceSearch }) {
	return (
		<>
			{from === null ? "Until" : <Time epochMs={from} short />}
			{from !== null && to !== null && " – "}
			{from !== null && to === null && " until now"}
			{from === null && " "}
			{to !== null && <Time epochMs={to} short />}
		</>
	);
}

/** As a `datetime-local` field takes it, in the reader's time zone. */
function localText(epochMs: number | null): string {
	if (epochMs === null) return "";
	const date = new Date(epochMs);
	return new Date(epochMs - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
