import { calcPrice, type Usage as PricedUsage } from "@pydantic/genai-prices";
import { knownRates, type ListQuestion, ratedCost, rememberRates } from "@/lib/pricing/list-rates";
import { PRICE_LIST_VERSION } from "@/lib/pricing/price-list";
import type { Usage } from "@/lib/span/usage";

/** US dollars of a call, before the service tier. */
export interface Computed {
	total: number;
	input: number;
	output: number;
	source: "override" | "genai-prices";
	version: string;
	/** The price list whose tiers count. */
	provider: string | null;
	note: string | null;
}

export interface Call {
	usage: TokenCounts;
	/** Prices are those of this moment; null means now. */
	startTimeUnixNano: bigint | null;
	/** What stands in for an unknown start; the clock when it is undefined. */
	now: Date | undefined;
}

/** The moment whose prices count. Made when it is asked for, which plain rates never do. */
export function momentOf({ startTimeUnixNano, now }: Call): Date {
	return startTimeUnixNano === null ? (now ?? new Date()) : new Date(Number(startTimeUnixNano / 1_000_000n));
}

/** Counts of a call; details lie within what they are a part of. */
export type TokenCounts = { input: number; output: number } & Omit<Usage, "input" | "output" | "total">;

const NAME_LENGTH_MAX = 100;

/**
 * The list's price, null when it does not know the model, text when it cannot price it. The list takes 10 to 25 µs; a model
 * whose price is plain rates is asked about once.
 */
export function listPrice(
	question: ListQuestion,
	call: Call,
	cacheCreation1h: number | null,
): Computed | string | null {
	const { model, options } = question;
	const { usage } = call;
	const known = knownRates(question);
	if (known === "no price") return null;
	if (known !== undefined && known !== "ask" && hasOnlyRatedCounts(usage)) {
		const { cache_read: cacheRead = 0, reasoning = 0 } = usage;
		const { input, output } = ratedCost(known, { input: usage.input, output: usage.output, cacheRead, reasoning });
		return computed(input + output, input, output, known.provider, null);
	}
	const ask = (counts: PricedUsage) => calcPrice(counts, model, { ...options, timestamp: momentOf(call) });
	let found: ReturnType<typeof calcPrice>;
	let note: string | null = null;
	try {
		found = ask(pricedUsage(usage, cacheCreation1h));
	} catch {
		try {
			found = ask({ input_tokens: usage.input, output_tokens: usage.output });
			note = "approximate: cached, reasoning and audio tokens are priced as all others";
		} catch {
			return "the price list refuses the token counts";
		}
	}
	if (known === undefined) rememberRates(question, found);
	if (found === null) return null;
	const priced = Object.keys(found.model_price);
	// A model without any price is free; one that is paid by pages, seconds or searches is not priced by tokens.
	if (priced.length > 0 && !priced.some((key) => key.endsWith("_mtok"))) {
		return `model ${short(model)} is not priced by tokens`;
	}
	const { total_price: total, input_price: input, output_price: output, provider } = found;
	return computed(total, input, output, provider.id, note);
}

function computed(
	total: number,
	input: number,
	output: number,
	provider: string | null,
	note: string | null,
): Computed {
	return { total, input, output, provider, note, source: "genai-prices", version: PRICE_LIST_VERSION };
}

const hasOnlyRatedCounts = (usage: TokenCounts): boolean =>
	!usage.cache_creation && !usage.audio_input && !usage.audio_output;

/**
 * Counts under the list's names. It wants to be told how many tokens two details share (cached audio); nobody reports
 * that, so they share no more than fits.
 */
function pricedUsage(usage: TokenCounts, cacheCreation1h: number | null): PricedUsage {
	const read = usage.cache_read ?? 0;
	const written = usage.cache_creation ?? 0;
	const audio = usage.audio_input ?? 0;
	const excess = Math.max(0, read + written + audio - usage.input);
	const cachedAudio = Math.min(excess, read, audio);
	return {
		input_tokens: usage.input,
		cache_read_tokens: usage.cache_read,
		cache_write_tokens: usage.cache_creation,
		cache_write_1h_tokens: isAmount(cacheCreation1h) && written > 0 ? Math.min(cacheCreation1h, written) : undefined,
		input_audio_tokens: usage.audio_input,
		...(audio > 0 && read > 0 ? { cache_audio_read_tokens: cachedAudio } : {}),
		...(audio > 0 && written > 0 ? { cache_audio_write_tokens: Math.min(excess - cachedAudio, written) } : {}),
		output_tokens: usage.output,
		output_reasoning_tokens: usage.reasoning,
		output_audio_tokens: usage.audio_output,
		...(usage.reasoning && usage.audio_output
			? { output_audio_reasoning_tokens: Math.max(0, usage.reasoning + usage.audio_output - usage.output) }
			: {}),
	};
}

/** A sender's name for something, cut to what fits a line; never half a character, which the store would change. */
export function short(name: string): string {
	return (name.length > NAME_LENGTH_MAX ? `${name.slice(0, NAME_LENGTH_MAX - 1)}…` : name).toWellFormed();
}

export function isAmount(value: number | null | undefined): value is number {
	return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
