import { describe, expect, it } from "vitest";
import { FilterTree } from "@/lib/filter/filter";
import { parseFilter } from "@/lib/filter/parse-filter";
import { printFilter } from "@/lib/filter/print-filter";
import { randomFilter } from "@/tests/support/random-filter";
import { seededRandom } from "@/tests/support/seeded-random";

const TREES = 3000;

describe("printFilter()", () => {
	it(`writes what parseFilter() reads as the same filter, for ${TREES} random ones`, () => {
		const random = seededRandom(11);
		for (let index = 0; index < TREES; index++) {
			const tree = randomFilter(random);
			expect(parseFilter(printFilter(tree)), printFilter(tree)).toEqual(tree);
		}
	});

	it("needs nothing for the filter that fits everything", () => {
		expect(printFilter({ and: [] })).toBe("");
		expect(parseFilter("")).toEqual({ and: [] });
	});

	it("writes what a person would", () => {
		const text =
			'model = "gpt-4o" and (cost > $0.01 or latency > 2000ms) and not tags has "test" and attribute["http.route"] starts with "/api"';
		expect(printFilter(parseFilter(text))).toBe(text);
	});

	it("gives a filter that JSON brings back the same", () => {
		const random = seededRandom(12);
		for (let index = 0; index < 500; index++) {
			const tree = randomFilter(random);
			expect(FilterTree.parse(JSON.parse(JSON.stringify(tree)))).toEqual(tree);
		}
	});
});
