import type { PriceCalculation, PriceOptions } from "@pydantic/genai-prices";

/** One question to the price list. */
export interface ListQuestion {
	model: string;
	options: PriceOptions;
}

/** US dollars a million tokens of a model whose price is those rates and nothing else, whatever the day. */
interface Rates {
	provider: string;
	input: number;
	output: number;
	cacheRead: number;
	reasoning: number;
}

/** The counts that rates apply to: `cacheRead` is part of `input`, `reasoning` of `output`. */
export interface RatedCounts {
	input: number;
	output: number;
	cacheRead: number;
	reasoning: number;
}

// As long as somebody keeps the question: `priceSearch` keeps those of the models that are called again and again.
const remembered = new WeakMap<ListQuestion, Known>();

/** What one answer of the list says of the next one: the rates, that it has none of the model, or that it must be asked. */
type Known = Rates | "no price" | "ask";

/** What is known of the list's answer to a question; undefined when it was never asked. */
export const knownRates = (question: ListQuestion): Known | undefined => remembered.get(question);

/** Keeps what an answer of the list says of the next one to the same question; null: it does not know the model. */
export function rememberRates(question: ListQuestion, answer: PriceCalculation | null): void {
	remembered.set(question, answer === null ? "no price" : ratesOf(answer));
}

// Prices that depend on the day, the amount or the number of requests are left to the list.
function ratesOf({ model, model_price: price, provider }: PriceCalculation): Known {
	const { input_mtok: input, output_mtok: output } = price;
	const { cache_read_mtok: cacheRead = input, output_reasoning_mtok: reasoning = output } = price;
	if (Array.isArray(model.prices) || price.requests_kcount !== undefined) return "ask";
	if (typeof input !== "number" || typeof output !== "number") return "ask";
	if (typeof cacheRead !== "number" || typeof reasoning !== "number") return "ask";
	return { provider: provider.id, input, output, cacheRead, reasoning };
}

/** US dollars of those counts. */
export function ratedCost(rates: Rates, counts: RatedCounts): { input: number; output: number } {
	return {
		input: ((counts.input - counts.cacheRead) * rates.input + counts.cacheRead * rates.cacheRead) / 1e6,
		output: ((counts.output - counts.reasoning) * rates.output + counts.reasoning * rates.reasoning) / 1e6,
	};
}
