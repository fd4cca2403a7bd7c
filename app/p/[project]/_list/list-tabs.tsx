import Link from "next/link";
import { type TraceSearch, traceSearchHref } from "@/app/p/[project]/traces/search-params";

const TABS = [
	{ list: "traces", name: "Traces" },
	{ list: "spans", name: "Spans" },
	{ list: "sessions", name: "Sessions" },
] as const;

interface Props {
	/** `/p/<project>`. */
	base: string;
	current: (typeof TABS)[number]["list"];
	/** Time and filter are kept from one tab to the next. */
	search: TraceSearch;
}

/** The same time and filter, looked at as traces, spans or sessions. */
export function ListTabs({ base, current, search: { text, filter, range, from, to } }: Props) {
	return (
		<nav aria-label="What is listed" className="flex rounded-md border border-line bg-sunken p-0.5">
			{TABS.map(({ list, name }) => (
				<Link
					key={list}
					href={traceSearchHref(`${base}/${list}`, { text, filter, range, from, to })}
					prefetch={false}
					aria-current={list === current ? "page" : undefined}
					className="flex h-6.5 items-center rounded px-2.5 text-xs font-medium text-muted hover:text-ink aria-[current]:bg-surface aria-[current]:text-ink aria-[current]:shadow-xs dark:aria-[current]:bg-hover"
				>
					{name}
				</Link>
			))}
		</nav>
	);
}
