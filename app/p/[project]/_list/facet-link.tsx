"use client";

import { Check, CircleMinus, Minus } from "lucide-react";
import type { MouseEvent } from "react";
import { classNames } from "@/app/_ui/class-names";
import { ListLink } from "@/app/p/[project]/_list/list-link";
import { useListNavigation } from "@/app/p/[project]/_list/list-navigation";

interface Props {
	value: string;
	count: string;
	/** How the filter takes it. */
	state: "asked" | "excluded" | "open";
	askHref: string;
	excludeHref: string;
}

const WORDS: Record<Props["state"], string> = { asked: ", asked for", excluded: ", excluded", open: "" };

/** One value of a facet: asked for with a click, excluded with Alt or the button beside it, and back again. */
export function FacetLink({ value, count, state, askHref, excludeHref }: Props) {
	const { go } = useListNavigation();

	function onClick(event: MouseEvent) {
		if (!event.altKey) return;
		event.preventDefault();
		go(excludeHref);
	}

	return (
		<span className="group flex items-center rounded hover:bg-hover">
			<ListLink
				href={state === "excluded" ? excludeHref : askHref}
				title={value}
				onClick={onClick}
				className={classNames(
					"flex h-6 min-w-0 flex-1 items-center gap-1.5 rounded pr-1 pl-1.5 text-xs",
					state === "asked" ? "font-medium text-accent-ink" : "text-ink",
					state === "excluded" && "text-faint line-through",
				)}
			>
				<span
					aria-hidden
					className={classNames(
						"grid size-3.5 shrink-0 place-items-center rounded-xs border",
						state === "asked" ? "border-transparent bg-accent text-on-accent" : "border-field-line",
					)}
				>
					{state === "asked" && <Check className="size-3" />}
					{state === "excluded" && <Minus className="size-3" />}
				</span>
				<span className="min-w-0 flex-1 truncate">{value === "" ? "(empty)" : value}</span>
				<span className="sr-only">{WORDS[state]}, </span>
				<span className="shrink-0 text-2xs text-faint tabular-nums">{count}</span>
			</ListLink>
			{state === "open" && (
				<ListLink
					href={excludeHref}
					aria-label={`Exclude ${value}`}
					title="Exclude (Alt and click)"
					className="grid size-6 shrink-0 place-items-center rounded text-faint opacity-0 group-hover:opacity-100 hover:text-ink focus-visible:opacity-100"
				>
					<CircleMinus aria-hidden className="size-3.5" />
				</ListLink>
			)}
		</span>
	);
}
