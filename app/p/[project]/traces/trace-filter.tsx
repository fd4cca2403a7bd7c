import { Search, X } from "lucide-react";
import Form from "next/form";
import Link from "next/link";
import { buttonClass } from "@/app/_ui/button";
import type { TraceSearch } from "@/app/p/[project]/traces/search-params";

interface Props {
	path: string;
	search: TraceSearch;
	/** Why the filter could not be read. */
	error: string | null;
}

const ERROR_ID = "filter-error";

/** A plain GET form: the address holds the filter, which stays as it was typed when it cannot be read. */
export function TraceFilter({ path, search, error }: Props) {
	return (
		<Form action={path} role="search" className="flex flex-wrap items-start gap-2">
			<div className="w-72 max-w-full sm:w-96">
				<input
					key={search.filter}
					type="text"
					name="filter"
					defaultValue={search.filter}
					aria-label="Filter, for example model = gpt-4o and latency > 2s"
					aria-invalid={error !== null}
					aria-describedby={error === null ? undefined : ERROR_ID}
					placeholder="model = gpt-4o and latency > 2s"
					autoComplete="off"
					autoCapitalize="off"
					spellCheck={false}
					className="h-8 w-full rounded-md border border-field-line bg-surface px-2.5 font-mono text-xs text-ink placeholder:text-faint aria-invalid:border-fail"
				/>
				{error !== null && (
					<p id={ERROR_ID} role="alert" className="mt-1 text-xs text-pretty break-words text-fail">
						Not applied: {error}
					</p>
				)}
			</div>
			<div className="relative">
				<Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" />
				<input
					key={search.text}
					type="search"
					name="q"
					defaultValue={search.text}
					aria-label="Find in names, inputs and outputs, or a trace id"
					placeholder="Find text or a trace id"
					autoComplete="off"
					spellCheck={false}
					className="h-8 w-56 rounded-md border border-field-line bg-surface pr-2.5 pl-8 text-sm text-ink placeholder:text-faint sm:w-72 [&::-webkit-search-cancel-button]:hidden"
				/>
			</div>
			<button type="submit" className={buttonClass()}>
				Find
			</button>
			{(search.text || search.filter) && (
				<Link
					href={path}
					prefetch={false}
					aria-label="Clear the filter"
					title="Clear the filter"
					className={buttonClass({ variant: "ghost", size: "icon" })}
				>
					<X aria-hidden className="size-4" />
				</Link>
			)}
		</Form>
	);
}
