import type { ReactNode } from "react";
import { clipText, LINE_CHARS_MAX } from "@/app/_ui/clip-text";
import { Fold } from "@/app/_ui/fold";

interface Props {
	title: string;
	/** How much there is inside. */
	note?: string;
	open?: boolean;
	children: ReactNode;
}

/** A section that folds; works without JavaScript. */
export function Disclosure({ title, note, open, children }: Props) {
	const noted = note && clipText(note, LINE_CHARS_MAX).shown;
	return (
		<Fold
			open={open}
			className="overflow-hidden rounded-lg border border-line bg-surface"
			summaryClassName="h-9 gap-1.5 bg-sunken px-2 text-xs font-medium text-ink hover:bg-hover"
			summary={
				<>
					<h3 className="shrink-0">{title}</h3>
					{noted && (
						<span className="truncate font-normal text-faint" title={noted}>
							{noted}
						</span>
					)}
				</>
			}
		>
			<div className="border-t border-line">{children}</div>
		</Fold>
	);
}
