import type { PriceOptions } from "@pydantic/genai-prices";
import { short } from "@/lib/pricing/list-price";
import type { ListQuestion } from "@/lib/pricing/list-rates";
import { priceModel } from "@/lib/pricing/price-model";
import { priceProvider } from "@/lib/pricing/price-provider";

/** How the price of a model is looked for: all that its name, its provider and the host that was called decide. */
export interface PriceSearch {
	/** Names of the model. */
	names: readonly string[];
	/** Names of the provider that an override may be for. */
	providers: readonly string[];
	/** The price list whose tiers count for an override. */
	list: string | null;
	/** What the list is asked, in turn. */
	questions: readonly ListQuestion[];
	/** What is told when the list has no answer to any of them. */
	failure: string;
}

// Senders choose models, providers and hosts: what is remembered must not grow with them, in number or in length.
const REMEMBERED_MAX = 4096;
const CHARS_MAX = 512;
const remembered = new Map<string | null, Map<string, Map<string | null, PriceSearch>>>();
let size = 0;

/** The search for a model's price; from memory when it was made before: a deployment calls few models, often. */
export function priceSearch(model: string, provider: string | null, host: string | null): PriceSearch {
	const known = remembered.get(provider)?.get(model)?.get(host);
	if (known !== undefined) return known;
	if (model.length + (provider?.length ?? 0) + (host?.length ?? 0) > CHARS_MAX)
		return makeSearch(model, provider, host);
	const [ownModel, ownProvider, ownHost] = [copyOf(model), provider && copyOf(provider), host && copyOf(host)];
	const search = makeSearch(ownModel, ownProvider, ownHost);
	remember(search, ownModel, ownProvider, ownHost);
	return search;
}

// A part of a text keeps all of it in memory, which may be megabytes.
const copyOf = (text: string): string => Buffer.from(text, "utf16le").toString("utf16le");

function remember(search: PriceSearch, model: string, provider: string | null, host: string | null): void {
	if (size >= REMEMBERED_MAX) {
		remembered.clear();
		size = 0;
	}
	const byModel = remembered.get(provider) ?? new Map<string, Map<string | null, PriceSearch>>();
	const byHost = byModel.get(model) ?? new Map<string | null, PriceSearch>();
	remembered.set(provider, byModel);
	byModel.set(model, byHost);
	byHost.set(host, search);
	size += 1;
}

function makeSearch(model: string, given: string | null, host: string | null): PriceSearch {
	const { names, provider: named } = priceModel(model);
	const listed = given === null ? undefined : priceProvider(given);
	const provider = named === "aws" ? "aws" : listed;
	const attempts = provider === null ? [] : whoseList(provider, host, named);
	return {
		names,
		providers: [given?.toLowerCase(), provider ?? named].filter((name) => name != null),
		list: provider ?? named ?? null,
		questions: attempts.flatMap((options) => names.map((name) => ({ model: name, options }))),
		failure: failureOf(attempts.length > 0, { model, given, provider, named, host }),
	};
}

/** How the list is asked: by its provider's id, else by the host that was called, else by the model's own prefix. */
function whoseList(provider: string | undefined, host: string | null, named: string | undefined): PriceOptions[] {
	if (provider !== undefined) return [{ providerId: provider }];
	return [
		...(host ? [{ providerApiUrl: host.includes("://") ? host : `https://${host}` }] : []),
		...(named === undefined ? [] : [{ providerId: named }]),
	];
}

interface Sought {
	model: string;
	given: string | null;
	/** The id of the provider's list; null when it has none, undefined when the provider is not known. */
	provider: string | null | undefined;
	named: string | undefined;
	host: string | null;
}

function failureOf(asked: boolean, { model, given, provider, named, host }: Sought): string {
	if (asked) return `no price for model ${short(model)} of ${short(given ?? named ?? host ?? "")}`;
	if (given === null && provider !== null) return `no provider known for model ${short(model)}`;
	return `provider ${short(given ?? "")} has no price list`;
}
