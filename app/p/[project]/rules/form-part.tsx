import type { ReactNode } from "react";

/** One of the questions that a rule's form asks. */
export function FormPart({ title, text, children }: { title: string; text?: ReactNode; children: ReactNode }) {
	return (
		<section aria-label={title} className="flex flex-col gap-4">
			<header className="border-b border-line pb-1.5">
				<h2 className="text-sm font-semibold text-ink">{title}</h2>
				{text && <p className="text-xs text-pretty text-muted">{text}</p>}
			</header>
			{children}
		</section>
	);
}
