import { z } from "zod";

// Postgres text holds no NUL.
const text = z
	.string()
	.min(1)
	.max(512)
	.refine((value) => !value.includes("\0"), "must not contain NUL");

/** An event as the SDK sends it and as functions see it. */
export const StoredEvent = z.looseObject({
	id: text,
	name: text,
	ts: z.number(),
	data: z.record(z.string(), z.unknown()),
});

export type StoredEvent = z.infer<typeof StoredEvent>;
