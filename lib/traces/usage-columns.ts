import { z } from "zod";
import { USAGE_COUNTS, type Usage } from "@/lib/span/usage";

const uint64 = z.string().nullable();

/** The token columns of a span's own model call; those of the spans below it have `aggregate_` in front. */
export const UsageColumns = z.object({
	input_tokens: uint64,
	output_tokens: uint64,
	cache_read_tokens: uint64,
	cache_creation_tokens: uint64,
	reasoning_tokens: uint64,
	audio_input_tokens: uint64,
	audio_output_tokens: uint64,
	total_tokens: uint64,
});
export type UsageColumns = z.infer<typeof UsageColumns>;

export const AggregateUsageColumns = z.object({
	aggregate_input_tokens: uint64,
	aggregate_output_tokens: uint64,
	aggregate_cache_read_tokens: uint64,
	aggregate_cache_creation_tokens: uint64,
	aggregate_reasoning_tokens: uint64,
	aggregate_audio_input_tokens: uint64,
	aggregate_audio_output_tokens: uint64,
	aggregate_total_tokens: uint64,
});
export type AggregateUsageColumns = z.infer<typeof AggregateUsageColumns>;

/** Counts of a row; null when it knows none. */
export function usageOf(row: UsageColumns): Usage | null {
	return usageFrom((name) => row[`${name}_tokens`]);
}

export function aggregateUsageOf(row: AggregateUsageColumns): Usage | null {
	return usageFrom((name) => row[`aggregate_${name}_tokens`]);
}

/** The counts that are known, from the text of each; null when none is. */
export function usageFrom(column: (name: keyof Usage) => string | null): Usage | null {
	const usage: Usage = {};
	for (const name of USAGE_COUNTS) {
		const text = column(name);
		if (text !== null) usage[name] = Number(text);
	}
	return Object.keys(usage).length === 0 ? null : usage;
}
