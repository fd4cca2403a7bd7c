import { z } from "zod";
import { FilterBody } from "@/lib/rules/filter-body";

const Moment = z.iso
	.datetime({ offset: true, error: "must be a moment like 2026-05-01T00:00:00Z" })
	.transform((text) => new Date(text));

/** Body of a request to judge what is stored: start times from `from` to before `to`. */
export const BackfillBody = z.object({
	from: Moment,
	to: Moment,
	/** Narrows the rule's own filter. */
	filter: FilterBody.nullish().transform((value) => value ?? null),
	anew: z
		.boolean()
		.nullish()
		.transform((value) => value ?? false),
});
