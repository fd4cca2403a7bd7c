import { describe, expect, it } from "vitest";
import { derive } from "@/lib/genai/derive";
import { interpretSpan } from "@/lib/ingest/interpret-span";
import { decodeJson } from "@/lib/otlp/decode-json";
import { priceSpan } from "@/lib/pricing/price-span";
import { pricedFacts } from "@/lib/pricing/priced-facts";
import { throwDice } from "@/tests/fuzz/dice";
import { generateTraces } from "@/tests/fuzz/generate-request";

const CUSTODY = { projectId: "p", origin: "otlp", expiresAt: new Date("2027-01-01T00:00:00Z") } as const;

describe("interpretSpan()", () => {
	it("is the reported span, what derive() says of the indexed fields, its price by all of that, and its custody", () => {
		for (let index = 0; index < 400; index++) {
			const { spans } = decodeJson(JSON.stringify(generateTraces(throwDice(3, index), {})));
			for (const reported of spans) {
				const derived = derive(reported);
				const cost = priceSpan(pricedFacts(reported, derived), []);
				const span = interpretSpan(reported, [], [], CUSTODY);
				const full = { ...derived, ...reported, ...cost, ...CUSTODY };
				const named = Object.fromEntries(Object.keys(span).map((key) => [key, Reflect.get(full, key)]));
				expect(span).toStrictEqual(named);
				expect(span).toMatchObject(reported);
				expect(Object.keys(span)).toHaveLength(FIELDS);
			}
		}
	});
});

/** 19 that were reported, 31 that are indexed, 6 of the cost and 3 of the custody. */
const FIELDS = 19 + 31 + 6 + 3;
