"use client";

import { ChevronsDownUp, ChevronsUpDown, Route, Search } from "lucide-react";
import type { RefObject } from "react";
import { Button, buttonClass } from "@/app/_ui/button";
import { formatCounted } from "@/app/_ui/format-number";
import type { Outline } from "@/lib/traces/outline";

interface Props {
	outline: Outline;
	/** From this depth on everything is folded; null: nothing is. */
	level: number | null;
	onLevel: (level: number | null) => void;
	typed: string;
	onType: (text: string) => void;
	/** Null while nothing is sought. */
	foundCount: number | null;
	onNextFound: () => void;
	showsPath: boolean;
	onShowPath: (shows: boolean) => void;
	findField: RefObject<HTMLInputElement | null>;
}

/** What one can do with the tree: find in it, fold it by level, mark the critical path. */
export function TreeTools(props: Props) {
	const { outline, level, onLevel, typed, onType, foundCount, onNextFound, showsPath, onShowPath, findField } = props;
	const deepest = outline.depths.reduce((most, depth) => Math.max(most, depth), 0);
	return (
		<div
			role="toolbar"
			aria-label="Tree"
			className="flex items-center gap-1 border-b border-line px-2 py-1 noscript:hidden"
		>
			<label className="flex h-7 min-w-0 flex-1 items-center gap-1.5 rounded-md border border-transparent px-1.5 focus-within:border-field-line">
				<Search aria-hidden className="size-3.5 shrink-0 text-faint" />
				<span className="sr-only">Find spans by name</span>
				<input
					ref={findField}
					type="search"
					value={typed}
					placeholder="Find"
					onChange={(event) => onType(event.target.value)}
					onKeyDown={(event) => {
						if (event.key === "Enter") onNextFound();
						if (event.key !== "Escape") return;
						// The innermost thing to close is what was typed, then the field.
						event.stopPropagation();
						if (typed === "") event.currentTarget.blur();
						onType("");
					}}
					className="h-full w-full min-w-0 bg-transparent text-xs text-ink outline-none placeholder:text-faint [&::-webkit-search-cancel-button]:hidden"
				/>
				<span role="status" className="shrink-0 text-2xs text-faint tabular-nums">
					{foundCount !== null && formatCounted(foundCount, "span")}
				</span>
			</label>
			<Button
				variant="ghost"
				size="icon"
				aria-label="Fold one level more"
				title="Fold one level more"
				disabled={deepest === 0 || level === 0}
				onClick={() => onLevel(Math.max(0, (level ?? deepest) - 1))}
			>
				<ChevronsDownUp aria-hidden className="size-3.5" />
			</Button>
			<Button
				variant="ghost"
				size="icon"
				aria-label="Unfold one level more"
				title="Unfold one level more"
				disabled={level === null}
				onClick={() => onLevel(level === null || level + 1 >= deepest ? null : level + 1)}
			>
				<ChevronsUpDown aria-hidden className="size-3.5" />
			</Button>
			<button
				type="button"
				aria-pressed={showsPath}
				title="Mark the spans that the length of the trace hangs on"
				onClick={() => onShowPath(!showsPath)}
				className={buttonClass(
					{ variant: "ghost", size: "sm" },
					"aria-pressed:bg-accent-soft aria-pressed:text-accent-ink",
				)}
			>
				<Route aria-hidden className="size-3.5" />
				<span className="hidden @2xl:inline">Critical path</span>
				<span className="sr-only @2xl:hidden">Critical path</span>
			</button>
		</div>
	);
}
