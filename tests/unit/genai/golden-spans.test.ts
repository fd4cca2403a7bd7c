import { describe, expect, it } from "vitest";
import { deriveGolden } from "@/tests/support/derive-golden";
import { goldenSpans } from "@/tests/support/golden-spans";

describe("derive() reads every field of whole spans as their senders write them", () => {
	for (const golden of goldenSpans("golden-spans")) {
		it(golden.id, () => expect(deriveGolden(golden)).toEqual(golden.expected));
	}
});

describe("derive() reads every row of every table", () => {
	for (const golden of goldenSpans("dialect-rows")) {
		it(golden.id, () => expect(deriveGolden(golden)).toEqual(golden.expected));
	}
});
