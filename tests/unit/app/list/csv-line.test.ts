import { expect, it } from "vitest";
import { csvLine } from "@/app/p/[project]/_list/csv-line";

it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", " =1+1"])(
	"a text that begins like a formula is none any more: %j",
	(text) => {
		expect(csvLine([text]).replace(/^"/, "")).toMatch(/^'/);
	},
);

it("numbers stay numbers, null is empty, and quotes, commas and lines stay in their place", () => {
	expect(csvLine([-1.5, null, 'say "hi", now\nor never', "plain"])).toBe('-1.5,,"say ""hi"", now\nor never",plain\r\n');
});
