import { Search, X } from "lucide-react";
import Form from "next/form";
import Link from "next/link";
import { buttonClass } from "@/app/_ui/button";
import type { TraceSearch } from "@/app/p/[project]/traces/search-params";

/** A plain GET form: the address holds the filter. */
export function TraceFilter({ path, search }: { path: string; search: TraceSearch }) {
	return (
		<Form action={path} role="search" className="flex items-center gap-2">
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
			{search.text && (
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
