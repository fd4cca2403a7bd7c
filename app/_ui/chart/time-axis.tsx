import type { ReactNode } from "react";

/** Where a plot begins and where it ends. */
export function TimeAxis({ from, to }: { from: ReactNode; to: ReactNode }) {
	return (
		<p className="mt-1.5 flex justify-between gap-2 text-2xs text-faint">
			<span>{from}</span>
			<span>{to}</span>
		</p>
	);
}
