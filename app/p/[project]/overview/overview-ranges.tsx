import Link from "next/link";
import { OVERVIEW_RANGES, type OverviewChoice } from "@/app/p/[project]/overview/overview-choice";

/** The length to look back; the address remembers it. */
export function OverviewRanges({ path, choice }: { path: string; choice: OverviewChoice }) {
	return (
		<nav aria-label="Period" className="flex rounded-md border border-line bg-sunken p-0.5">
			{OVERVIEW_RANGES.map((range) => (
				<Link
					key={range.name}
					href={`${path}?range=${range.name}`}
					replace
					scroll={false}
					prefetch={false}
					aria-current={range === choice.range ? "true" : undefined}
					title={`The last ${range.label.toLowerCase()}`}
					className="flex h-6 items-center rounded px-2.5 text-xs font-medium text-muted hover:text-ink aria-[current]:bg-surface aria-[current]:text-ink aria-[current]:shadow-xs dark:aria-[current]:bg-hover"
				>
					{range.label}
				</Link>
			))}
		</nav>
	);
}
