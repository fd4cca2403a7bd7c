import { z } from "zod";
import { isModelPattern, MODEL_PATTERN_LENGTH_MAX } from "@/lib/pricing/model-pattern";
import { RequiredText, Text } from "@/lib/text";

/** A project's own price of the models that a pattern names. Prices are US dollars per million tokens, of the standard tier. */
export interface PriceOverride {
	id: string;
	projectId: string;
	/** A model's name in which `*` stands for any text, or a regular expression; see `fitsModelPattern`. */
	modelPattern: string;
	/** Null: whoever serves the model. */
	provider: string | null;
	inputPerMillion: number;
	outputPerMillion: number;
	/** Null: cached tokens cost what other input costs. */
	cacheReadPerMillion: number | null;
	cacheWritePerMillion: number | null;
	/** Spans that start before this moment keep other prices. */
	effectiveFrom: Date;
	createdAt: Date;
}

const price = z.number("must be a number").min(0, "must not be negative");
const optionalPrice = price.nullish().transform((value) => value ?? null);

/** Body of create and (full) update. Without `effectiveFrom` the price holds since ever. */
export const PriceOverrideInput = z.object({
	modelPattern: RequiredText.max(
		MODEL_PATTERN_LENGTH_MAX,
		`must have at most ${MODEL_PATTERN_LENGTH_MAX} characters`,
	).refine(isModelPattern, "must be a model's name in which * stands for any text, or a regular expression"),
	provider: Text.max(100, "must have at most 100 characters")
		.nullish()
		.transform((value) => value?.trim() || null),
	inputPerMillion: price,
	outputPerMillion: price,
	cacheReadPerMillion: optionalPrice,
	cacheWritePerMillion: optionalPrice,
	effectiveFrom: z.iso
		.datetime({ offset: true, error: "must be an instant such as 2026-01-31T00:00:00Z" })
		.nullish()
		.transform((value) => new Date(value ?? 0)),
});
export type PriceOverrideInput = z.infer<typeof PriceOverrideInput>;
