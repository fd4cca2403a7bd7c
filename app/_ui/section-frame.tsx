import type { ReactNode } from "react";

interface Props {
	title: string;
	/** Shown in small beside the title. */
	note?: ReactNode;
	/** Buttons and chips at the end of the line. */
	actions?: ReactNode;
	children: ReactNode;
}

/** A framed part of a page with a title line. */
export function SectionFrame({ title, note, actions, children }: Props) {
	return (
		<section aria-label={title} className="overflow-hidden rounded-lg border border-line bg-surface">
			<header className="flex min-h-9 items-center gap-2 border-b border-line bg-sunken pr-1 pl-3">
				<h3 className="shrink-0 text-xs font-medium text-ink">{title}</h3>
				{note && <span className="min-w-0 truncate text-2xs text-faint">{note}</span>}
				{actions && <span className="ml-auto flex shrink-0 items-center gap-1.5">{actions}</span>}
			</header>
			{children}
		</section>
	);
}
