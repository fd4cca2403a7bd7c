import { calcPrice } from "@pydantic/genai-prices";
import { describe, expect, it } from "vitest";
import { listPrice } from "@/lib/pricing/list-price";
import { seededRandom } from "@/tests/support/seeded-random";

const MODELS = [
	["openai", "gpt-4o"],
	["openai", "gpt-4o-mini-2024-07-18"],
	["openai", "o3"],
	["openai", "gpt-4o-audio-preview"],
	["anthropic", "claude-sonnet-4-5"],
	["anthropic", "claude-3-opus-latest"],
	["google", "gemini-2.5-pro"],
	["google", "gemini-2.0-flash"],
	["deepseek", "deepseek-chat"],
	["mistral", "mistral-large-latest"],
	["perplexity", "sonar-pro"],
	["x-ai", "grok-4"],
	["groq", "llama-3.3-70b-versatile"],
] as const;

describe("listPrice()", () => {
	it("is what the list says, the first time and from what it remembers of it", () => {
		const random = seededRandom(20261122);
		const upTo = (count: number) => Math.floor(random() * (count + 1));
		for (const [providerId, model] of MODELS) {
			const question = { model, options: { providerId } };
			for (let round = 0; round < 40; round++) {
				const at = new Date(Date.UTC(2025, upTo(20), 1 + upTo(26), upTo(23)));
				const usage = { input: upTo(400_000), output: upTo(8000) };
				const details = { cache_read: upTo(usage.input), reasoning: upTo(usage.output) };
				const written = { cache_creation: upTo(usage.input - details.cache_read) };
				const counts = [usage, { ...usage, ...details }, { ...usage, ...details, ...written }][round % 3] ?? usage;
				const expected = calcPrice(
					{
						input_tokens: usage.input,
						output_tokens: usage.output,
						cache_read_tokens: "cache_read" in counts ? details.cache_read : undefined,
						output_reasoning_tokens: "reasoning" in counts ? details.reasoning : undefined,
						cache_write_tokens: "cache_creation" in counts ? written.cache_creation : undefined,
					},
					model,
					{ providerId, timestamp: at },
				);
				const price = listPrice(question, { usage: counts, startTimeUnixNano: null, now: at }, null);
				if (expected === null || price === null || typeof price === "string") {
					expect(price, `${providerId} ${model}`).toBe(expected);
					continue;
				}
				expect(price.provider).toBe(expected.provider.id);
				expect(price.total, `${providerId} ${model} round ${round}`).toBeCloseTo(expected.total_price, 12);
				expect(price.input).toBeCloseTo(expected.input_price, 12);
				expect(price.output).toBeCloseTo(expected.output_price, 12);
			}
		}
	});
});
