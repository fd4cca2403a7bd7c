import { describe, expect, it } from "vitest";
import { roundUsd } from "@/lib/pricing/round-usd";
import { seededRandom } from "@/tests/support/seeded-random";

describe("roundUsd()", () => {
	it.each([
		0,
		-0,
		5e-13,
		1.5e-12,
		4.9999e-13,
		1e-12,
		0.1 + 0.2,
		0.000_52,
		0.999_999_999_999_9,
		1,
		1.5,
		1234.5,
		1e22,
		-0.3,
	])("is what toFixed says of %d", (usd) => {
		expect(roundUsd(usd)).toBe(Number(usd.toFixed(12)));
	});

	it("is what toFixed says of any sum, also where the last decimal is near a half", () => {
		const random = seededRandom(12);
		for (let round = 0; round < 200_000; round++) {
			const units = Math.floor(random() * 10 ** (1 + Math.floor(random() * 12)));
			const usd = round % 2 === 0 ? random() * 10 ** -Math.floor(random() * 12) : (units + 0.5) / 1e12;
			if (!Object.is(roundUsd(usd), Number(usd.toFixed(12)))) expect.fail(String(usd));
		}
	});
});
