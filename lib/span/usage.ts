/**
 * Token counts of one model call. `input` includes what was read from and written to caches, `output` includes reasoning;
 * details never exceed what they are a part of. An unknown count is absent, never 0.
 */
export interface Usage {
	input?: number;
	output?: number;
	cache_read?: number;
	cache_creation?: number;
	reasoning?: number;
	audio_input?: number;
	audio_output?: number;
	total?: number;
}

export const USAGE_COUNTS = [
	"input",
	"output",
	"cache_read",
	"cache_creation",
	"reasoning",
	"audio_input",
	"audio_output",
	"total",
] as const satisfies readonly (keyof Usage)[];
