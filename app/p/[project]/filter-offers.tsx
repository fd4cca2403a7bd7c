"use client";

import { classNames } from "@/app/_ui/class-names";
import type { Completion } from "@/lib/filter/complete-filter";

interface Props {
	/** Of the field that they are for. */
	id: string;
	options: Completion["options"];
	/** Which one the keyboard is at; -1 for none. */
	active: number;
	onTake: (index: number) => void;
}

/** What could stand at the cursor of a filter: a list that the keyboard reaches through the field. */
export function FilterOffers({ id, options, active, onTake }: Props) {
	return (
		<div
			id={offersId(id)}
			role="listbox"
			aria-label="What could stand here"
			hidden={options.length === 0}
			className="absolute inset-x-0 top-full z-20 mt-1 max-h-64 overflow-y-auto rounded-md border border-line bg-surface p-1 shadow-raised"
		>
			{options.map(({ text, about }, index) => (
				// biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the active option
				<div
					key={text}
					id={offerId(id, index)}
					role="option"
					aria-selected={index === active}
					ref={index === active ? intoView : undefined}
					onMouseDown={(event) => {
						// The field keeps the focus.
						event.preventDefault();
						onTake(index);
					}}
					className={classNames(
						"flex cursor-pointer items-baseline gap-3 rounded px-2 py-1 hover:bg-hover",
						index === active && "bg-accent-soft hover:bg-accent-soft",
					)}
				>
					<code className="shrink-0 font-mono text-xs text-ink">{text}</code>
					{about !== options[index - 1]?.about && <span className="min-w-0 truncate text-2xs text-faint">{about}</span>}
				</div>
			))}
		</div>
	);
}

export function offersId(id: string): string {
	return `${id}-offers`;
}

export function offerId(id: string, index: number): string {
	return `${id}-offer-${index}`;
}

function intoView(option: HTMLElement | null) {
	option?.scrollIntoView({ block: "nearest" });
}
