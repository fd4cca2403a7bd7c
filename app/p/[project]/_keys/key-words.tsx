"use client";

import { Fragment, useSyncExternalStore } from "react";
import { isApple } from "@/app/p/[project]/_keys/is-apple";

const CAPS: Record<string, string> = {
	down: "↓",
	enter: "Enter",
	esc: "Esc",
	left: "←",
	right: "→",
	space: "Space",
	up: "↑",
};

/** The keys of one row of the table as keycaps: `g` then `t`, `Ctrl K`. */
export function KeyWords({ keys }: { keys: readonly string[] }) {
	const apple = useSyncExternalStore(never, isApple, () => false);
	return (
		<span className="flex shrink-0 items-center gap-1 text-2xs text-faint">
			{keys.map((key, index) => (
				<Fragment key={key}>
					{index > 0 && "or"}
					{capsOf(key, apple).map((cap) => (
						<kbd
							key={cap}
							className="min-w-5 rounded border border-line bg-sunken px-1 text-center font-sans text-2xs leading-4.5 text-muted"
						>
							{cap}
						</kbd>
					))}
				</Fragment>
			))}
		</span>
	);
}

function capsOf(key: string, apple: boolean): string[] {
	// "+" itself is a key too.
	return key.split(/ |(?<=mod)\+/).map((stroke) => {
		if (stroke === "mod") return apple ? "⌘" : "Ctrl";
		return CAPS[stroke] ?? (key.startsWith("mod+") ? stroke.toUpperCase() : stroke);
	});
}

function never() {
	return () => {};
}
