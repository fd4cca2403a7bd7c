"use client";

import { ListFilter, PanelLeftClose } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/app/_ui/button";
import { classNames } from "@/app/_ui/class-names";
import { FACETS_COOKIE, type FacetsChoice, rememberSetting } from "@/app/p/[project]/_list/layout-cookie";

interface Props {
	/** `/p/<project>`. */
	base: string;
	/** As the reader left it. */
	given: FacetsChoice;
	children: ReactNode;
}

/** Where the side bar stands on wide screens, and where the button that opens it. */
const STANDS = { open: "lg:flex", folded: "lg:hidden", byWidth: "lg:hidden min-[90rem]:flex" };
const OPENER = { open: "hidden", folded: "max-lg:hidden", byWidth: "max-lg:hidden min-[90rem]:hidden" };

/** The side bar with the values: folds on wide screens and is remembered, opens on narrow ones. */
export function FacetSide({ base, given, children }: Props) {
	const [choice, setChoice] = useState(given);
	const [narrowOpen, setNarrowOpen] = useState(false);

	function choose(next: "open" | "folded") {
		setChoice(next);
		rememberSetting(FACETS_COOKIE, base, next);
	}

	return (
		<>
			<div className={classNames("shrink-0", OPENER[choice ?? "byWidth"])}>
				<Button
					variant="secondary"
					size="icon"
					aria-label="Show values to filter by"
					title="Show values to filter by"
					onClick={() => choose("open")}
				>
					<ListFilter aria-hidden className="size-3.5" />
				</Button>
			</div>
			<div className="lg:hidden">
				<Button aria-expanded={narrowOpen} onClick={() => setNarrowOpen(!narrowOpen)} size="sm">
					<ListFilter aria-hidden className="size-3.5" />
					Values to filter by
				</Button>
			</div>
			<aside
				aria-label="Values to filter by"
				className={classNames(
					"shrink-0 flex-col overflow-hidden rounded-lg border border-line bg-surface lg:w-52",
					STANDS[choice ?? "byWidth"],
					narrowOpen ? "flex" : "max-lg:hidden",
				)}
			>
				<header className="flex h-8 shrink-0 items-center justify-between border-b border-line bg-sunken pr-0.5 pl-3 text-xs font-medium text-muted max-lg:hidden">
					<h2>Values</h2>
					<Button
						variant="ghost"
						size="icon"
						aria-label="Hide the values"
						title="Hide the values"
						onClick={() => choose("folded")}
					>
						<PanelLeftClose aria-hidden className="size-3.5" />
					</Button>
				</header>
				<div className="relative min-h-0 flex-1 overflow-y-auto p-2">{children}</div>
			</aside>
		</>
	);
}
