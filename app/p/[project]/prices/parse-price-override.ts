import { PriceOverrideInput } from "@/lib/pricing/price-override";

/**
 * The form of a price as PriceOverrideInput; an empty number is one that was not given. A day begins at midnight UTC, but
 * a price that took effect later on that day keeps its moment.
 */
export function parsePriceOverride(form: FormData) {
	const text = (name: string) => String(form.get(name) ?? "").trim();
	const number = (name: string) => (text(name) === "" ? null : Number(text(name).replace(",", ".")));
	const [day, since] = [text("effectiveFrom"), text("effectiveSince")];
	return PriceOverrideInput.safeParse({
		modelPattern: text("modelPattern"),
		provider: text("provider"),
		inputPerMillion: number("inputPerMillion"),
		outputPerMillion: number("outputPerMillion"),
		cacheReadPerMillion: number("cacheReadPerMillion"),
		cacheWritePerMillion: number("cacheWritePerMillion"),
		effectiveFrom: day === "" ? null : since.startsWith(day) ? since : `${day}T00:00:00Z`,
	});
}
