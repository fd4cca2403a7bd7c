import type { ReactNode } from "react";

interface Props {
	icon: ReactNode;
	title: string;
	text: ReactNode;
	children?: ReactNode;
}

/** Nothing here yet, and what to do about it. */
export function EmptyState({ icon, title, text, children }: Props) {
	return (
		<section className="flex flex-col items-center gap-4 rounded-lg border border-dashed border-line bg-surface px-6 py-12 text-center">
			<span
				aria-hidden
				className="grid size-10 place-items-center rounded-full bg-accent-soft text-accent-ink [&>svg]:size-5"
			>
				{icon}
			</span>
			<div className="flex max-w-xl flex-col gap-1">
				<h2 className="text-base font-semibold text-ink">{title}</h2>
				<p className="text-sm text-pretty text-muted">{text}</p>
			</div>
			{children}
		</section>
	);
}
