import { describe, expect, it } from "vitest";
import { parseWith } from "@/lib/http/route";
import { PriceOverrideInput } from "@/lib/pricing/price-override";
import { thrown } from "@/tests/support/failure";

const GOOD = { modelPattern: "my-*", inputPerMillion: 1, outputPerMillion: 2 };
const message = (given: object) => thrown(() => parseWith(PriceOverrideInput, { ...GOOD, ...given })).publicMessage;

describe("PriceOverrideInput", () => {
	it("holds since ever, for every provider and without prices of its own for caches unless told", () => {
		expect(parseWith(PriceOverrideInput, GOOD)).toEqual({
			...GOOD,
			provider: null,
			cacheReadPerMillion: null,
			cacheWritePerMillion: null,
			effectiveFrom: new Date(0),
		});
	});

	it("reads everything that can be told", () => {
		const all = { ...GOOD, provider: " azure ", cacheReadPerMillion: 0, cacheWritePerMillion: 3 };
		expect(parseWith(PriceOverrideInput, { ...all, effectiveFrom: "2026-02-01T01:00:00+01:00" })).toEqual({
			...all,
			provider: "azure",
			effectiveFrom: new Date("2026-02-01T00:00:00Z"),
		});
	});

	it.each([
		[{ modelPattern: " " }, "modelPattern: must not be blank"],
		[{ modelPattern: undefined }, "modelPattern: is required"],
		[{ modelPattern: "x".repeat(201) }, "modelPattern: must have at most 200 characters"],
		[
			{ modelPattern: "(" },
			"modelPattern: must be a model's name in which * stands for any text, or a regular expression",
		],
		[{ modelPattern: "a\0b" }, "modelPattern: must not contain the NUL character"],
		[{ inputPerMillion: -0.01 }, "inputPerMillion: must not be negative"],
		[{ inputPerMillion: "1" }, "inputPerMillion: must be a number"],
		[{ outputPerMillion: Number.POSITIVE_INFINITY }, "outputPerMillion: must be a number"],
		[{ outputPerMillion: undefined }, "outputPerMillion: is required"],
		[{ cacheReadPerMillion: -1 }, "cacheReadPerMillion: must not be negative"],
		[{ effectiveFrom: "yesterday" }, "effectiveFrom: must be an instant such as 2026-01-31T00:00:00Z"],
		[{ effectiveFrom: "2026-13-01T00:00:00Z" }, "effectiveFrom: must be an instant such as 2026-01-31T00:00:00Z"],
	])("refuses %j", (given, expected) => {
		expect(message(given)).toBe(expected);
	});
});
