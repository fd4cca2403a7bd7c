import { z } from "zod";
import { isAppError } from "@/lib/errors";
import type { FilterTree } from "@/lib/filter/filter";
import { parseFilter } from "@/lib/filter/parse-filter";

/** A filter as text, in a query or a form; what `parseFilter` refuses is the issue. */
export const FilterText = z.string().transform((text, context): FilterTree => {
	const read = readFilterText(text);
	if (read.filter !== null) return read.filter;
	context.addIssue({ code: "custom", message: read.error });
	return z.NEVER;
});

/** As `parseFilter`, with what is wrong as a value: for a form that shows it beside what was typed. */
export function readFilterText(text: string): { filter: FilterTree; error: null } | { filter: null; error: string } {
	try {
		return { filter: parseFilter(text), error: null };
	} catch (error) {
		if (!isAppError(error)) throw error;
		return { filter: null, error: error.publicMessage };
	}
}
