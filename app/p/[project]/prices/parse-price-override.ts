import { PriceOverrideInput } from "@/lib/pricing/price-override";

/** The form of a price as PriceOverrideInput; an empty number is one that was not given, a day begins at midnight UTC. */
export function parsePriceOverride(form: FormData) {
	const text = (name: string) => String(form.get(name) ?? "").trim();
	const number = (name: string) => (text(name) === "" ? null : Number(text(name).replace(",", ".")));
	return PriceOverrideInput.safeParse({
		modelPattern: text("modelPattern"),
		provider: text("provider"),
		inputPerMillion: number("inputPerMillion"),
		outputPerMillion: number("outputPerMillion"),
		cacheReadPerMillion: number("cacheReadPerMillion"),
		cacheWritePerMillion: number("cacheWritePerMillion"),
		effectiveFrom: text("effectiveFrom") === "" ? null : `${text("effectiveFrom")}T00:00:00Z`,
	});
}
