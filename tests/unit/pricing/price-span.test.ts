import { readFileSync } from "node:fs";
import { waitForUpdate } from "@pydantic/genai-prices";
import { describe, expect, it, vi } from "vitest";
import { PRICE_LIST } from "@/lib/pricing/price-list";
import type { PriceOverride } from "@/lib/pricing/price-override";
import { PRICE_PROVIDERS } from "@/lib/pricing/price-provider";
import { type PricedFacts, priceSpan } from "@/lib/pricing/price-span";
import type { Usage } from "@/lib/span/usage";
import { seededRandom } from "@/tests/support/seeded-random";

const AT = new Date("2026-06-01T12:00:00Z");
const nanos = (at: Date | string) => BigInt(new Date(at).getTime()) * 1_000_000n;

function facts(given: Partial<PricedFacts> = {}): PricedFacts {
	return {
		kind: "llm",
		provider: "openai",
		requestModel: "gpt-4o",
		responseModel: null,
		routingAlias: null,
		servedModel: null,
		usage: { input: 120, output: 30 },
		cacheCreation1h: null,
		reportedCostUsd: null,
		serviceTier: null,
		serverAddress: null,
		startTimeUnixNano: nanos(AT),
		...given,
	};
}

const call = (provider: string | null, requestModel: string | null, usage: Usage, more: Partial<PricedFacts> = {}) =>
	priceSpan(facts({ provider, requestModel, usage, ...more }));

let made = 0;
function override(given: Partial<PriceOverride> = {}): PriceOverride {
	made += 1;
	return {
		id: `00000000-0000-7000-8000-${String(made).padStart(12, "0")}`,
		projectId: "p",
		modelPattern: "gpt-4o*",
		provider: null,
		inputPerMillion: 1,
		outputPerMillion: 2,
		cacheReadPerMillion: null,
		cacheWritePerMillion: null,
		effectiveFrom: new Date(0),
		createdAt: AT,
		...given,
	};
}

describe("priceSpan() by the bundled list", () => {
	it.each<[string, string, Usage, number | null, number, number, number]>([
		["openai", "gpt-4o", { input: 120, cache_read: 64, output: 30 }, null, 0.00022, 0.0003, 0.00052],
		[
			"anthropic",
			"claude-sonnet-4-5-20250929",
			{ input: 18_954, cache_read: 18_000, cache_creation: 950, output: 210 },
			null,
			0.0089745,
			0.00315,
			0.0121245,
		],
		[
			"aws.bedrock",
			"us.anthropic.claude-sonnet-4-20250514-v1:0",
			{ input: 1000, cache_read: 900, output: 20 },
			null,
			0.00057,
			0.0003,
			0.00087,
		],
		[
			"gcp.gemini",
			"gemini-2.5-flash",
			{ input: 200, cache_read: 64, output: 55, reasoning: 40 },
			null,
			0.00004272,
			0.0001375,
			0.00018022,
		],
		["azure.ai.openai", "gpt-4o-2024-08-06", { input: 9, output: 2 }, null, 0.0000225, 0.00002, 0.0000425],
		["openai", "text-embedding-3-small", { input: 6, output: 0 }, null, 1.2e-7, 0, 1.2e-7],
		[
			"anthropic",
			"claude-sonnet-4-5",
			{ input: 3000, cache_creation: 2000, output: 1 },
			2000,
			0.015,
			0.000015,
			0.015015,
		],
	])("prices %s %s", (provider, model, usage, cacheCreation1h, costInput, costOutput, costUsd) => {
		expect(call(provider, model, usage, { cacheCreation1h })).toEqual({
			costUsd,
			costInput,
			costOutput,
			costSource: "genai-prices",
			priceVersion: "genai-prices 0.1.8",
			costNote: null,
		});
	});

	it("names the version that is installed", () => {
		const installed = JSON.parse(readFileSync("node_modules/@pydantic/genai-prices/package.json", "utf8"));
		expect([installed.name, installed.version]).toEqual([`@pydantic/${PRICE_LIST.name}`, PRICE_LIST.version]);
	});

	it("takes the response model, else the requested one, else the alias", () => {
		const mini = { input: 1_000_000, output: 0 };
		const usd = (models: Partial<PricedFacts>) => priceSpan(facts({ usage: mini, ...models })).costUsd;
		expect(usd({ requestModel: "gpt-4o", responseModel: "gpt-4o-mini" })).toBe(0.15);
		expect(usd({ requestModel: "gpt-4o", routingAlias: "gpt-4o-mini" })).toBe(2.5);
		expect(usd({ requestModel: null, routingAlias: "gpt-4o" })).toBe(2.5);
		expect(usd({ requestModel: "my-gpt", servedModel: "azure/gpt-4o-2024-08-06" })).toBe(2.5);
		expect(usd({ requestModel: "gpt-4o", servedModel: "azure/gpt-4" })).toBe(2.5);
		expect(usd({ requestModel: "gpt-4o", responseModel: "my-gpt" })).toBeNull();
	});

	it("takes the price of the day the span began", () => {
		const o3 = (start: bigint | null, now?: Date) =>
			priceSpan(
				facts({ requestModel: "o3", usage: { input: 1_000_000, output: 0 }, startTimeUnixNano: start }),
				[],
				now,
			);
		expect(o3(nanos("2025-05-01")).costUsd).toBe(10);
		expect(o3(nanos("2026-05-01")).costUsd).toBe(2);
		expect(o3(null, new Date("2025-05-01")).costUsd).toBe(10);
	});

	it("takes the price of large requests", () => {
		expect(call("google", "gemini-2.5-pro", { input: 250_000, output: 0 }).costUsd).toBe(0.625);
		expect(call("google", "gemini-2.5-pro", { input: 100_000, output: 0 }).costUsd).toBe(0.125);
	});

	it.each([
		["openai", "openai/gpt-4o"],
		["openai", "openai:gpt-4o"],
		["azure", "azure/gpt-4o"],
		["azure.ai.inference", "gpt-4o"],
		[null, "openai/gpt-4o"],
		["some gateway", "openai/gpt-4o"],
		["OpenAI", " gpt-4o "],
	])("finds gpt-4o of %s as %s", (provider, model) => {
		expect(call(provider, model, { input: 120, cache_read: 64, output: 30 }).costUsd).toBe(0.00052);
	});

	it.each([
		["gcp.vertex_ai", "publishers/google/models/gemini-2.5-flash", 0.3],
		["gcp.gen_ai", "models/gemini-2.5-flash", 0.3],
		["gcp.vertex_ai", "claude-sonnet-4-5@20250929", 3],
		["anthropic", "anthropic.claude-sonnet-4-20250514-v1:0", 3],
		[null, "us.anthropic.claude-sonnet-4-20250514-v1:0", 3],
		["litellm", "bedrock/converse/us.anthropic.claude-sonnet-4-20250514-v1:0", 3],
		[null, "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-20250514-v1:0", 3],
		["x_ai", "grok-4", 3],
		["mistral_ai", "mistral-large-latest", 2],
		["groq", "openai/gpt-oss-120b", 0.15],
		["openai", "ft:gpt-4o-mini-2024-07-18:org::id", 0.3],
	])("finds %s %s", (provider, model, perMillion) => {
		expect(call(provider, model, { input: 10_000, output: 0 }).costUsd).toBe(perMillion / 100);
	});

	it("goes by the host when nothing else tells the provider", () => {
		const at = (serverAddress: string, model = "gpt-4o") =>
			call(null, model, { input: 1_000_000, output: 0 }, { serverAddress }).costUsd;
		expect(at("api.openai.com")).toBe(2.5);
		expect(at("https://api.openai.com/v1")).toBe(2.5);
		expect(at("my-company.openai.azure.com")).toBe(2.5);
		expect(at("bedrock-runtime.us-east-1.amazonaws.com", "amazon.nova-pro-v1:0")).toBe(0.8);
		expect(at("localhost")).toBeNull();
	});

	it("asks for price lists that exist", async () => {
		const ids = (await waitForUpdate())?.map((provider) => provider.id) ?? [];
		const wanted = Object.values(PRICE_PROVIDERS).filter((id) => id !== null);
		expect(wanted.length).toBeGreaterThan(20);
		expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
	});

	it.each<[string, Partial<PricedFacts>, string]>([
		["an unknown model", { requestModel: "my-gpt" }, "no price for model my-gpt of openai"],
		["a provider without a list", { provider: "ollama" }, "provider ollama has no price list"],
		["a provider nobody knows", { provider: "acme" }, "provider acme has no price list"],
		["no provider", { provider: null }, "no provider known for model gpt-4o"],
		["no model", { requestModel: null }, "no model"],
		["no usage", { usage: null }, "no token counts"],
		["an empty usage", { usage: {} }, "no token counts"],
		["no input", { usage: { output: 3 } }, "no count of input tokens"],
		["no output", { usage: { input: 3, total: 9 } }, "no count of output tokens"],
		[
			"a price by the second",
			{ provider: "groq", requestModel: "whisper-large-v3" },
			"model whisper-large-v3 is not priced by tokens",
		],
		["a long name", { requestModel: "x".repeat(300) }, `no price for model ${"x".repeat(99)}… of openai`],
	])("leaves the cost of %s unknown", (_, given, costNote) => {
		expect(priceSpan(facts(given))).toEqual({
			costUsd: null,
			costInput: null,
			costOutput: null,
			costSource: null,
			priceVersion: null,
			costNote,
		});
	});

	it("computes no cost for spans that repeat the calls below them", () => {
		for (const kind of ["agent", "chain", "tool", "span"] as const) {
			expect(priceSpan(facts({ kind }), [override()])).toMatchObject({ costUsd: null, costNote: null });
		}
	});

	it("prices what an embedding or a reranker read, also when only the total is known", () => {
		const model = { requestModel: "text-embedding-3-small", usage: { total: 6 } };
		expect(priceSpan(facts({ kind: "embedding", ...model }))).toMatchObject({ costUsd: 1.2e-7, costOutput: 0 });
		expect(priceSpan(facts({ kind: "llm", ...model })).costNote).toBe("no token counts");
	});

	it("prices zero tokens at zero", () => {
		expect(call("openai", "gpt-4o", { input: 0, output: 0 })).toMatchObject({ costUsd: 0, costSource: "genai-prices" });
	});

	it("prices cached audio, of which nobody tells how much there was", () => {
		const usage = { input: 200, cache_read: 64, audio_input: 50, output: 55, audio_output: 5, reasoning: 40 };
		const { costUsd, costNote } = call("google", "gemini-2.5-flash", usage);
		// 86 text at 0.3, 64 cached at 0.03, 50 audio at 1, 55 out at 2.5 dollars per million
		expect(costUsd).toBeCloseTo((86 * 0.3 + 64 * 0.03 + 50 + 55 * 2.5) / 1e6, 12);
		expect(costNote).toBeNull();
		expect(call("openai", "gpt-4o-realtime-preview", { ...usage, input: 100 }).costUsd).toBeGreaterThan(0);
	});

	it("never throws and never goes below zero, whatever the counts", () => {
		const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
		const counts = [undefined, -1, Number.NaN, Number.POSITIVE_INFINITY, 0, 0.5, 7, 1e12];
		const random = seededRandom(1);
		const pick = () => counts[Math.floor(random() * counts.length)];
		for (let round = 0; round < 3000; round++) {
			const usage: Usage = {
				input: pick(),
				output: pick(),
				cache_read: pick(),
				cache_creation: pick(),
				reasoning: pick(),
				audio_input: pick(),
				audio_output: pick(),
				total: pick(),
			};
			const [provider, model] = (
				[
					["google", "gemini-2.5-flash"],
					["openai", "gpt-4o-realtime-preview"],
					["anthropic", "claude-sonnet-4-5"],
					["openai", "gpt-4o"],
				] as const
			)[round % 4] ?? [null, null];
			const cost = call(provider, model, usage, { cacheCreation1h: pick() ?? null });
			expect(cost.costUsd === null ? cost.costNote !== null : cost.costUsd >= 0).toBe(true);
		}
		expect(warn).not.toHaveBeenCalled();
		warn.mockRestore();
	});
});

describe("priceSpan() of a reported cost", () => {
	it("keeps it as it is, without parts that would not add up to it", () => {
		expect(priceSpan(facts({ reportedCostUsd: 0.42 }), [override()])).toEqual({
			costUsd: 0.42,
			costInput: null,
			costOutput: null,
			costSource: "reported",
			priceVersion: null,
			costNote: null,
		});
		expect(priceSpan(facts({ kind: "tool", usage: null, reportedCostUsd: 0.01 })).costUsd).toBe(0.01);
	});

	it("prefers a computed price to a reported 0 when tokens were used", () => {
		expect(priceSpan(facts({ reportedCostUsd: 0 }))).toMatchObject({ costUsd: 0.0006, costSource: "genai-prices" });
		const free = { costUsd: 0, costSource: "reported" };
		expect(priceSpan(facts({ reportedCostUsd: 0, requestModel: "my-gpt" }))).toMatchObject(free);
		expect(priceSpan(facts({ reportedCostUsd: 0, usage: { input: 0, output: 0 } }))).toMatchObject(free);
	});

	it("does not believe what is no amount", () => {
		for (const reportedCostUsd of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
			expect(priceSpan(facts({ reportedCostUsd })).costSource).toBe("genai-prices");
		}
	});
});

describe("priceSpan() by an override", () => {
	const million = { input: 1_000_000, cache_read: 100_000, cache_creation: 200_000, output: 1_000_000 };

	it("goes before the list and prices what the list does not know", () => {
		const own = override({ modelPattern: "my-*", inputPerMillion: 0.1, outputPerMillion: 0.2 });
		expect(call(null, "my-gpt", million, {})).toMatchObject({ costUsd: null });
		expect(priceSpan(facts({ provider: "ollama", requestModel: "my-gpt", usage: million }), [own])).toEqual({
			costUsd: 0.3,
			costInput: 0.1,
			costOutput: 0.2,
			costSource: "override",
			priceVersion: `override ${own.id}`,
			costNote: null,
		});
		expect(priceSpan(facts(), [override()]).costSource).toBe("override");
	});

	it("prices cached tokens apart when it has such prices, else as input", () => {
		const usd = (given: Partial<PriceOverride>) => priceSpan(facts({ usage: million }), [override(given)]).costInput;
		expect(usd({})).toBe(1);
		expect(usd({ cacheReadPerMillion: 0.5 })).toBe(0.95);
		expect(usd({ cacheReadPerMillion: 0, cacheWritePerMillion: 2 })).toBe(1.1);
	});

	it("is the one that took effect last before the span began; of equal ones the one made last", () => {
		const old = override({ effectiveFrom: new Date("2026-01-01") });
		const current = override({ effectiveFrom: new Date("2026-05-01"), createdAt: new Date("2026-05-01") });
		const corrected = override({ effectiveFrom: new Date("2026-05-01"), createdAt: new Date("2026-05-02") });
		const future = override({ effectiveFrom: new Date("2026-07-01") });
		const all = [future, corrected, current, old];
		const used = (start: string, overrides = all) =>
			priceSpan(facts({ startTimeUnixNano: nanos(start) }), overrides).priceVersion;
		expect(used("2025-12-31T23:59:59.999Z")).toBe("genai-prices 0.1.8");
		expect(used("2026-01-01T00:00:00Z")).toBe(`override ${old.id}`);
		expect(used("2026-06-01")).toBe(`override ${corrected.id}`);
		expect(used("2026-06-01", [current, corrected])).toBe(`override ${corrected.id}`);
		expect(used("2026-07-01")).toBe(`override ${future.id}`);
	});

	it("holds for one provider when it names one, by our name or by the price list's", () => {
		const uses = (provider: string, given: string) =>
			priceSpan(facts({ provider, serverAddress: null }), [override({ provider: given })]).costSource;
		expect(uses("azure.ai.openai", "azure")).toBe("override");
		expect(uses("azure.ai.openai", "Azure.AI.OpenAI")).toBe("override");
		expect(uses("openai", "azure")).toBe("genai-prices");
	});

	it("fits a model by its bare name too", () => {
		const used = (requestModel: string, modelPattern: string) =>
			priceSpan(facts({ requestModel }), [override({ modelPattern })]).costSource;
		expect(used("openai/gpt-4o", "gpt-4o")).toBe("override");
		expect(used("openai/gpt-4o", "openai/gpt-4o")).toBe("override");
		expect(used("gpt-4o-mini", "gpt-4o")).toBe("genai-prices");
	});
});

describe("priceSpan() of a service tier", () => {
	const tier = (serviceTier: string | null, given: Partial<PricedFacts> = {}) =>
		priceSpan(facts({ usage: { input: 1_000_000, output: 100_000 }, serviceTier, ...given }));

	it("halves batch and flex, each part too", () => {
		for (const name of ["batch", "flex", "FLEX"]) {
			expect(tier(name)).toMatchObject({ costUsd: 1.75, costInput: 1.25, costOutput: 0.5, costNote: null });
		}
		const own = override({ modelPattern: "*" });
		expect(priceSpan(facts({ usage: { input: 1_000_000, output: 0 }, serviceTier: "batch" }), [own]).costUsd).toBe(0.5);
	});

	it("leaves standard tiers alone", () => {
		for (const name of ["default", "auto", "standard", "", null]) {
			expect(tier(name)).toMatchObject({ costUsd: 3.5, costNote: null });
		}
		const groq = { provider: "groq", requestModel: "openai/gpt-oss-120b" };
		expect(tier("flex", groq).costUsd).toBe(tier(null, groq).costUsd);
	});

	it("says when a tier's price is near, not exact", () => {
		expect(tier("priority")).toMatchObject({
			costUsd: 7,
			costNote: "the price of service tier priority is approximate",
		});
		expect(tier("lunar")).toMatchObject({
			costUsd: 3.5,
			costNote: "the price of service tier lunar is approximate",
		});
	});

	it("does not touch a reported cost", () => {
		expect(tier("batch", { reportedCostUsd: 0.42 })).toMatchObject({ costUsd: 0.42, costNote: null });
	});
});
