import type { ReactNode } from "react";
import { Fold } from "@/app/_ui/fold";

/** A part of a message that most readers skip. */
export function PartFold({ title, children }: { title: string; children: ReactNode }) {
	return (
		<Fold
			className="rounded-md border border-line"
			summaryClassName="rounded-md px-2 py-1 text-xs text-muted hover:bg-hover"
			summary={title}
		>
			<div className="border-t border-line px-3 py-2">{children}</div>
		</Fold>
	);
}
