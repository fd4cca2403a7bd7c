import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

interface Props {
	title: string;
	/** How much there is inside. */
	note?: string;
	open?: boolean;
	children: ReactNode;
}

/** A section that folds; works without JavaScript. */
export function Disclosure({ title, note, open, children }: Props) {
	return (
		<details open={open} className="group/fold overflow-hidden rounded-lg border border-line bg-surface">
			<summary className="flex h-9 list-none items-center gap-1.5 bg-sunken px-2 text-xs font-medium text-ink select-none hover:bg-hover focus-visible:-outline-offset-2">
				<ChevronRight aria-hidden className="size-3.5 text-faint transition-transform group-open/fold:rotate-90" />
				<h3>{title}</h3>
				{note && <span className="font-normal text-faint">{note}</span>}
			</summary>
			<div className="border-t border-line">{children}</div>
		</details>
	);
}
