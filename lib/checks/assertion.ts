import { z } from "zod";
import { compilePattern } from "@/lib/checks/compile-pattern";
import { compileSchema } from "@/lib/checks/compile-schema";

const VALUE_CHARS_MAX = 10_000;

const Value = z.string().max(VALUE_CHARS_MAX, `must not have more than ${VALUE_CHARS_MAX} characters`);
const SoughtText = Value.min(1, "must not be empty");
const ignoreCase = z.boolean().default(false);

const MatchesRegex = z
	.strictObject({
		type: z.literal("matches_regex"),
		/** In RE2's syntax; found anywhere in the output unless it is anchored. */
		pattern: z.string(),
		/** `i` ignores case, `m` lets `^` and `$` stand at line breaks, `s` lets the dot match them. */
		flags: z
			.string()
			.regex(/^(?!.*(.).*\1)[ims]*$/, "must be some of i, m and s, each once")
			.default(""),
	})
	.superRefine(({ pattern, flags }, context) => {
		const compiled = compilePattern(pattern, flags);
		if ("fault" in compiled) context.addIssue({ code: "custom", path: ["pattern"], message: compiled.fault });
	});

const MatchesSchema = z.strictObject({
	type: z.literal("matches_schema"),
	schema: z.record(z.string(), z.unknown()).superRefine((schema, context) => {
		const compiled = compileSchema(schema);
		if ("fault" in compiled) context.addIssue({ code: "custom", message: compiled.fault });
	}),
});

/** One thing that can be said of an output without asking a model. `checkAssertion` tells what each means. */
export const Assertion = z.discriminatedUnion(
	"type",
	[
		z.strictObject({ type: z.literal("contains"), value: SoughtText, ignoreCase }),
		z.strictObject({ type: z.literal("not_contains"), value: SoughtText, ignoreCase }),
		MatchesRegex,
		/** In characters, which are code points. */
		z.strictObject({ type: z.literal("max_length"), value: z.int().positive("must be at least 1") }),
		z.strictObject({ type: z.literal("is_json") }),
		MatchesSchema,
		/** Blanks around either text count for nothing unless `trim` is false. */
		z.strictObject({ type: z.literal("equals"), value: Value, ignoreCase, trim: z.boolean().default(true) }),
	],
	{
		error: ({ code }) =>
			code === "invalid_union"
				? "must be one of contains, not_contains, matches_regex, max_length, is_json, matches_schema and equals"
				: undefined,
	},
);
export type Assertion = z.infer<typeof Assertion>;
