import { describe, expect, it } from "vitest";
import { priceSearch } from "@/lib/pricing/price-search";

describe("priceSearch()", () => {
	it("is made once for a model, its provider and the host", () => {
		const search = priceSearch("gpt-4o", "openai", "api.openai.com");
		expect(priceSearch("gpt-4o", "openai", "api.openai.com")).toBe(search);
		expect(search).toMatchObject({
			names: ["gpt-4o"],
			providers: ["openai", "openai"],
			questions: [{ model: "gpt-4o", options: { providerId: "openai" } }],
			failure: "no price for model gpt-4o of openai",
		});
	});

	it("tells an unknown provider from an empty one, and one host from another", () => {
		expect(priceSearch("m", null, null).failure).toBe("no provider known for model m");
		expect(priceSearch("m", "", null).failure).toBe("provider  has no price list");
		expect(priceSearch("m", "ollama", null).failure).toBe("provider ollama has no price list");
		expect(priceSearch("m", null, "a.example").questions[0]?.options.providerApiUrl).toBe("https://a.example");
		expect(priceSearch("m", null, "b.example").questions[0]?.options.providerApiUrl).toBe("https://b.example");
	});

	it("remembers no name that is too long to be one", () => {
		const model = "m".repeat(600);
		expect(priceSearch(model, "openai", null)).not.toBe(priceSearch(model, "openai", null));
		expect(priceSearch(model, "openai", null)).toEqual(priceSearch(model, "openai", null));
	});

	it("forgets rather than to grow with what senders name", () => {
		const first = priceSearch("first", "openai", null);
		for (let index = 0; index < 5000; index++) priceSearch(`model-${index}`, "openai", null);
		expect(priceSearch("first", "openai", null)).not.toBe(first);
		expect(priceSearch("first", "openai", null)).toEqual(first);
	});
});
