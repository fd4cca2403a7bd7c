import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

// Our own smallest text size, or it would be taken for a colour.
const merge = extendTailwindMerge({ extend: { theme: { text: ["2xs"] } } });

/** Joins class names; of two that set the same thing, the last wins. */
export function classNames(...values: ClassValue[]): string {
	return merge(clsx(values));
}
