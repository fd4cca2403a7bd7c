import { describe, expect, it } from "vitest";
import { parsePriceOverride } from "@/app/p/[project]/prices/parse-price-override";

function parse(fields: Record<string, string>) {
	const form = new FormData();
	const given = { modelPattern: "house-*", inputPerMillion: "1,5", outputPerMillion: " 2 ", ...fields };
	for (const [name, value] of Object.entries(given)) form.set(name, value);
	return parsePriceOverride(form);
}

describe("parsePriceOverride()", () => {
	it("reads prices with a comma or a point, and takes what is empty for not given", () => {
		expect(parse({ provider: " ", cacheReadPerMillion: "0", cacheWritePerMillion: "" }).data).toEqual({
			modelPattern: "house-*",
			provider: null,
			inputPerMillion: 1.5,
			outputPerMillion: 2,
			cacheReadPerMillion: 0,
			cacheWritePerMillion: null,
			effectiveFrom: new Date(0),
		});
	});

	it("begins a day at midnight UTC and keeps a moment of the same day", () => {
		const since = "2026-05-01T12:30:00.000Z";
		expect(parse({ effectiveFrom: "2026-05-01" }).data?.effectiveFrom).toEqual(new Date("2026-05-01T00:00:00Z"));
		expect(parse({ effectiveFrom: "2026-05-01", effectiveSince: since }).data?.effectiveFrom).toEqual(new Date(since));
		const moved = parse({ effectiveFrom: "2026-05-02", effectiveSince: since });
		expect(moved.data?.effectiveFrom).toEqual(new Date("2026-05-02T00:00:00Z"));
		expect(parse({ effectiveFrom: "", effectiveSince: since }).data?.effectiveFrom).toEqual(new Date(0));
	});

	it("finds the field that is wrong", () => {
		const { error } = parse({ inputPerMillion: "", outputPerMillion: "two", cacheReadPerMillion: "-1" });
		expect(error?.issues.map((issue) => issue.path[0])).toEqual([
			"inputPerMillion",
			"outputPerMillion",
			"cacheReadPerMillion",
		]);
	});
});
