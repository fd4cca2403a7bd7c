"use client";

import { Search } from "lucide-react";
import { type FormEvent, useEffect, useRef } from "react";
import { buttonClass } from "@/app/_ui/button";
import { useKey } from "@/app/p/[project]/_keys/use-key";
import { useListNavigation } from "@/app/p/[project]/_list/list-navigation";
import { FilterField } from "@/app/p/[project]/filter-field";
import { fromTheStart, searchEntries, type TraceSearch, traceSearchHref } from "@/app/p/[project]/traces/search-params";

interface Props {
	path: string;
	search: TraceSearch;
	/** Why the filter was not applied. */
	error: string | null;
	/** What the text is looked for in. */
	searched?: string;
}

/** A plain GET form: the address holds the filter, which stays as it was typed when it cannot be read. */
export function FilterBar({ path, search, error, searched = "Find text or a trace id" }: Props) {
	const { go } = useListNavigation();
	const form = useRef<HTMLFormElement>(null);
	const textField = useRef<HTMLInputElement>(null);
	useKey("search", () => form.current?.querySelector<HTMLInputElement>("[name=filter]")?.focus());

	// The fields follow the address, also after "back"; nobody loses the focus over it.
	useEffect(() => {
		if (textField.current) textField.current.value = search.text;
	}, [search.text]);

	function onSubmit(event: FormEvent<HTMLFormElement>) {
		event.preventDefault();
		const data = new FormData(event.currentTarget);
		const typed = (name: string) => String(data.get(name) ?? "").trim();
		go(traceSearchHref(path, { ...fromTheStart(search), text: typed("q"), filter: typed("filter") }));
	}

	return (
		<search>
			<form ref={form} action={path} onSubmit={onSubmit} className="flex min-w-0 flex-wrap items-start gap-2">
				{searchEntries({ ...fromTheStart(search), text: "", filter: "" }).map(([name, value]) => (
					<input key={name} type="hidden" name={name} value={value} />
				))}
				<div className="min-w-60 flex-[2_1_20rem]">
					<FilterField
						name="filter"
						label="Filter, for example model = gpt-4o and latency > 2s"
						isCompact
						defaultValue={search.filter}
						refusal={error}
						hint={error !== null && "The filter was not applied: the rows below are without it."}
						placeholder="model = gpt-4o and (latency > 2s or status = error)"
					/>
				</div>
				<div className="relative min-w-48 flex-[1_1_12rem]">
					<Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" />
					<input
						ref={textField}
						type="search"
						name="q"
						defaultValue={search.text}
						aria-label={searched}
						placeholder={searched}
						autoComplete="off"
						spellCheck={false}
						className="h-8 w-full rounded-md border border-field-line bg-surface pr-2.5 pl-8 text-sm text-ink placeholder:text-faint [&::-webkit-search-cancel-button]:hidden"
					/>
				</div>
				<button type="submit" className={buttonClass()}>
					Find
				</button>
			</form>
		</search>
	);
}
