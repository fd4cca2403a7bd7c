import { z } from "zod";

const NOTE_CHARS_MAX = 10_000;
const AUTHOR_CHARS_MAX = 200;

/** What one person thinks of a trace or of one of its spans: either a thumb or a note. */
export interface Feedback {
	id: string;
	projectId: string;
	traceId: string;
	/** 16 hex digits; empty when the whole trace is meant. */
	spanId: string;
	thumb: "UP" | "DOWN" | null;
	note: string | null;
	/** Null: nobody told. */
	author: string | null;
	createdAt: Date;
}

const author = z
	.string()
	.trim()
	.min(1)
	.max(AUTHOR_CHARS_MAX, `must have at most ${AUTHOR_CHARS_MAX} characters`)
	.nullable();

export const FeedbackInput = z
	.object({
		spanId: z
			.string()
			.regex(/^[0-9a-f]{16}$/, "must be 16 hex digits")
			.nullable()
			.default(null),
		thumb: z.enum(["UP", "DOWN"]).nullable().default(null),
		note: z
			.string()
			.trim()
			.min(1, "must say something")
			.max(NOTE_CHARS_MAX, `must have at most ${NOTE_CHARS_MAX} characters`)
			.nullable()
			.default(null),
		author: author.default(null),
	})
	.refine(({ thumb, note }) => (thumb === null) !== (note === null), {
		message: "either thumb or note must be given",
		path: ["thumb"],
	});
export type FeedbackInput = z.infer<typeof FeedbackInput>;
