import type { ReactNode } from "react";

interface Props {
	title: ReactNode;
	text?: ReactNode;
	/** Buttons and links at the end of the line. */
	children?: ReactNode;
}

export function PageHeader({ title, text, children }: Props) {
	return (
		<header className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
			<div className="min-w-0">
				<h1 className="truncate text-xl font-semibold tracking-tight text-ink">{title}</h1>
				{text && <p className="mt-0.5 max-w-2xl text-sm text-pretty text-muted">{text}</p>}
			</div>
			{children && <div className="flex flex-wrap items-center gap-2">{children}</div>}
		</header>
	);
}
