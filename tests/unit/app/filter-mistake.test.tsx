import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { FilterMistake } from "@/app/p/[project]/filter-mistake";
import { readFilterText } from "@/lib/filter/filter-text";

function marked(text: string): string | undefined {
	const html = renderToStaticMarkup(<FilterMistake id="m" text={text} message={readFilterText(text).error ?? ""} />);
	return /<mark[^>]*>(.*?)<\/mark>/.exec(html)?.[1];
}

it.each([
	['name = "a" and cst > 1', "cst"],
	['output contains "😀😀" and cst > 1', "cst"],
	["cost > cheap", "cheap"],
	["kind = nothing", "nothing"],
	["name =", "\u00a0"],
])("marks the place of the mistake in %j", (text, place) => {
	expect(marked(text)).toBe(place);
});

it("shows what is around the place in a long filter, and only the words where no place is known", () => {
	const long = `${'name = "aaaaaaaaaa" or '.repeat(30)}cst > 1`;
	expect(marked(long)).toBe("cst");
	const html = renderToStaticMarkup(<FilterMistake id="m" text="x" message="A filter is too long." />);
	expect(html).not.toContain("<mark");
	expect(html).toContain("A filter is too long.");
});
