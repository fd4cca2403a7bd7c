import { z } from "zod";
import { FilterTree } from "@/lib/filter/filter";
import { Evaluator } from "@/lib/rules/evaluator";

/** What a rule said at one of its versions, as it is kept. */
export const StoredDefinition = z.object({
	filter: FilterTree,
	target: z.enum(["SPAN", "TRACE"]),
	settleSeconds: z.number(),
	settleSecondsMax: z.number(),
	sampleRate: z.number(),
	evaluatorName: z.string(),
	evaluator: Evaluator,
	connectionId: z.string().nullable(),
	minScore: z.number(),
	maxScore: z.number(),
	threshold: z.number().nullable(),
});
