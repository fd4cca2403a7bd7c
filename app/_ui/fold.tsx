import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "@/app/_ui/class-names";

interface Props {
	summary: ReactNode;
	open?: boolean;
	className?: string;
	summaryClassName?: string;
	children: ReactNode;
}

/** Something that folds, with a chevron that says so; works without JavaScript. */
export function Fold({ summary, open, className, summaryClassName, children }: Props) {
	return (
		// A reader may open it before the page is hydrated.
		<details open={open} className={className} suppressHydrationWarning>
			<summary
				className={classNames(
					"flex list-none items-center gap-1 select-none focus-visible:-outline-offset-2",
					summaryClassName,
				)}
			>
				<ChevronRight
					aria-hidden
					className="size-3.5 shrink-0 text-faint transition-transform [details[open]>summary>&]:rotate-90"
				/>
				{summary}
			</summary>
			{children}
		</details>
	);
}

/** How a fold looks that continues what is above it. */
export const CONTINUATION = "text-xs font-medium text-accent-ink hover:underline";
