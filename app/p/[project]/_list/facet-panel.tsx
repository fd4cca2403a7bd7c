import type { ReactNode } from "react";
import { Fold } from "@/app/_ui/fold";

/** The values of one field, which fold away; works without JavaScript. */
export function FacetPanel({ name, isOpen, children }: { name: string; isOpen: boolean; children: ReactNode }) {
	return (
		<Fold
			open={isOpen}
			className="border-b border-line pb-1 last:border-b-0"
			summaryClassName="h-7 gap-1 rounded px-1 text-xs font-medium text-muted hover:text-ink"
			summary={<h3>{name}</h3>}
		>
			{children}
		</Fold>
	);
}
