import Link from "next/link";
import { TIME_RANGES, type TimeRange, timeRangeHref } from "@/app/p/[project]/ingest/time-range";

/** The period to look at; the address remembers it. */
export function RangeLinks({ path, current }: { path: string; current: TimeRange }) {
	return (
		<nav aria-label="Period" className="flex rounded-md border border-line bg-sunken p-0.5">
			{TIME_RANGES.map((range) => (
				<Link
					key={range.key}
					href={timeRangeHref(path, range)}
					replace
					scroll={false}
					prefetch={false}
					aria-current={range === current ? "true" : undefined}
					title={`The last ${range.label.toLowerCase()}`}
					className="flex h-6 items-center rounded px-2.5 text-xs font-medium text-muted hover:text-ink aria-[current]:bg-surface aria-[current]:text-ink aria-[current]:shadow-xs dark:aria-[current]:bg-hover"
				>
					{range.label}
				</Link>
			))}
		</nav>
	);
}
