import { z } from "zod";
import { parseTraceId } from "@/lib/ids";
import { DAY_MS } from "@/lib/time";

const instant = z.iso
	.datetime({ offset: true, error: "must be an instant such as 2026-01-31T00:00:00Z" })
	.transform((value) => new Date(value));

const traceId = z.string().transform((value, context) => {
	const id = parseTraceId(value);
	if (id !== null) return id;
	context.addIssue({ code: "custom", message: "must be 32 hex digits or a UUID" });
	return z.NEVER;
});

/** Whose data a signed request speaks of: read before anything else of it. */
export const ProjectReference = z.object({ projectId: z.guid("must be a UUID") });

/**
 * What may be asked for from outside: one trace by every enabled rule, or one rule over what started in a time range. With
 * `anew`, what has a verdict is judged again, too.
 */
export const EvaluationRequest = ProjectReference.extend({
	traceId: traceId.nullish(),
	ruleId: z.guid("must be a UUID").nullish(),
	from: instant.nullish(),
	to: instant.nullish(),
	anew: z
		.boolean()
		.nullish()
		.transform((value) => value ?? false),
})
	.superRefine(({ traceId, ruleId, from, to }, context) => {
		const complain = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
		if (Boolean(traceId) === Boolean(ruleId)) complain("traceId", "exactly one of traceId and ruleId must be set");
		if (traceId && (from || to)) complain("from", "goes with ruleId only");
		if (ruleId && !from) complain("from", "is required with ruleId");
		if (ruleId && !to) complain("to", "is required with ruleId");
		if (from && to && from >= to) complain("from", "must be before to");
	})
	.transform(({ projectId, traceId, ruleId, from, to, anew }) => ({
		projectId,
		traceId: traceId ?? null,
		ruleId: ruleId ?? null,
		anew,
		// A trace is judged whenever it was; a sender's clock may be ahead of ours.
		from: from ?? new Date(0),
		to: to ?? new Date(Date.now() + DAY_MS),
	}));
export type EvaluationRequest = z.infer<typeof EvaluationRequest>;
