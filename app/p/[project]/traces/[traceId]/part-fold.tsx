import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

/** A part of a message that most readers skip. */
export function PartFold({ title, children }: { title: string; children: ReactNode }) {
	return (
		<details className="group/part rounded-md border border-line">
			<summary className="flex list-none items-center gap-1 rounded-md px-2 py-1 text-xs text-muted select-none hover:bg-hover focus-visible:-outline-offset-2">
				<ChevronRight aria-hidden className="size-3.5 text-faint transition-transform group-open/part:rotate-90" />
				{title}
			</summary>
			<div className="border-t border-line px-3 py-2">{children}</div>
		</details>
	);
}
