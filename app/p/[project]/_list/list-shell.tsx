import type { ReactNode } from "react";
import { ListNavigation } from "@/app/p/[project]/_list/list-navigation";

interface Props {
	title: string;
	/** Beside the title. */
	tabs?: ReactNode;
	/** At the end of the title's line. */
	controls?: ReactNode;
	filter?: ReactNode;
	/** Beside the rows. */
	facets?: ReactNode;
	children: ReactNode;
}

/** The frame of every list: title and controls, the filter under them, and below it the rows, which alone scroll. */
export function ListShell({ title, tabs, controls, filter, facets, children }: Props) {
	return (
		<ListNavigation>
			<div className="flex flex-col gap-3 px-4 py-4 lg:h-dvh lg:px-5">
				<header className="flex flex-wrap items-center gap-x-4 gap-y-2">
					<h1 className="truncate text-lg font-semibold tracking-tight text-ink">{title}</h1>
					{tabs}
					{controls && <div className="ml-auto flex flex-wrap items-center gap-2">{controls}</div>}
				</header>
				{filter}
				<div className="flex min-h-0 flex-1 gap-3 max-lg:flex-col">
					{facets}
					<div className="flex min-h-0 min-w-0 flex-1 flex-col gap-3">{children}</div>
				</div>
			</div>
		</ListNavigation>
	);
}
