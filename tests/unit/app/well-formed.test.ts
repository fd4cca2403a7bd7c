import { expect, it } from "vitest";
import { wellFormed } from "@/app/p/[project]/traces/[traceId]/well-formed";

it("wellFormed replaces lone surrogates however deep, in keys too, and leaves the rest as it is", () => {
	const value = { "a\uD800": ["b\uDFFF", { c: "😀", d: 1, e: null, f: undefined, g: true }] };
	expect(wellFormed(value)).toEqual({ "a\uFFFD": ["b\uFFFD", { c: "😀", d: 1, e: null, f: undefined, g: true }] });
});
