import { z } from "zod";

const instant = z.iso
	.datetime({ offset: true, error: "must be an instant such as 2026-01-31T00:00:00Z" })
	.transform((value) => new Date(value));

/**
 * Body of a call that prices stored spans again: those that start from `from` on and before `to`. `cursor` is the id of
 * the span up to which earlier calls came, `<traceId>.<spanId>`.
 */
export const RepriceRequest = z
	.object({
		from: instant,
		to: instant,
		cursor: z
			.string()
			.regex(/^[0-9a-f]{32}\.[0-9a-f]{16}$/, "must be the nextCursor of an answer")
			.nullish()
			.transform((value) => {
				const [traceId, spanId] = value?.split(".") ?? [];
				return traceId && spanId ? { traceId, spanId } : null;
			}),
	})
	.refine(({ from, to }) => from < to, { path: ["from"], error: "must be before to" });
export type RepriceRequest = z.infer<typeof RepriceRequest>;
