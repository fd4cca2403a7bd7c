import { formatCount } from "@/app/_ui/format-number";
import type { Usage } from "@/lib/span/usage";

/** `1,500 → 90`, with a question mark for a side that is not known. */
export function usageWords({ input, output }: Usage): string {
	return `${input === undefined ? "?" : formatCount(input)} → ${output === undefined ? "?" : formatCount(output)}`;
}

const DETAILS: readonly [count: keyof Usage, words: string][] = [
	["cache_read", "read from cache"],
	["cache_creation", "written to cache"],
	["audio_input", "audio in"],
	["reasoning", "reasoning"],
	["audio_output", "audio out"],
	["total", "in all"],
];

/** What the counts consist of: `1,200 read from cache · 40 reasoning`; null when nothing more is known. */
export function usageDetails(usage: Usage): string | null {
	const words = DETAILS.flatMap(([count, name]) => {
		const value = usage[count];
		return value === undefined || value === 0 ? [] : [`${formatCount(value)} ${name}`];
	});
	return words.length > 0 ? words.join(" · ") : null;
}
