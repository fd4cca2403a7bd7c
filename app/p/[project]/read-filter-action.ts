"use server";

import { requirePerson } from "@/lib/auth/require-person";
import { type Completion, completeFilter } from "@/lib/filter/complete-filter";
import { readFilterText } from "@/lib/filter/filter-text";

export interface FilterReading {
	completion: Completion;
	/** Why the text is no filter, with its column; null when it is one. */
	mistake: string | null;
}

/** More than any filter needs; longer texts are not looked at. */
const TEXT_CHARS_MAX = 20_000;

/** What could stand at the cursor of a filter's text, and whether the text can be read. */
export async function readFilterAction(text: string, cursor: number): Promise<FilterReading> {
	await requirePerson();
	if (typeof text !== "string" || text.length > TEXT_CHARS_MAX || !Number.isSafeInteger(cursor)) {
		return { completion: { from: 0, to: 0, options: [] }, mistake: null };
	}
	return { completion: completeFilter(text, cursor), mistake: readFilterText(text).error };
}
