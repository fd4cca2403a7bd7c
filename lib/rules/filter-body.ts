import { z } from "zod";
import { isAppError } from "@/lib/errors";
import { FilterTree } from "@/lib/filter/filter";
import { parseFilter } from "@/lib/filter/parse-filter";

// Postgres keeps it as JSON, which holds neither NUL nor half characters.
function isKept(tree: FilterTree): boolean {
	const text = JSON.stringify(tree);
	return !text.includes("\\u0000") && !/\\ud[89a-f][0-9a-f]{2}/.test(text);
}

/** A filter in the body of a request, to be kept: as text that people type, or as JSON. */
export const FilterBody = z.unknown().transform((input, context): FilterTree => {
	const issue = (message: string, path: PropertyKey[] = []) => {
		context.addIssue({ code: "custom", message, path, input });
		return z.NEVER;
	};
	if (typeof input !== "string") {
		const tree = FilterTree.safeParse(input);
		if (tree.success)
			return isKept(tree.data) ? tree.data : issue("must contain neither the NUL character nor half characters");
		for (const { path, message } of tree.error.issues) issue(message, path);
		return z.NEVER;
	}
	try {
		const tree = parseFilter(input);
		return isKept(tree) ? tree : issue("must contain neither the NUL character nor half characters");
	} catch (error) {
		if (isAppError(error)) return issue(error.publicMessage);
		throw error;
	}
});
