import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { clipText, TEXT_CHARS_MAX } from "@/app/_ui/clip-text";
import { WholeTextAt } from "@/app/_ui/cut-note";
import { FoldedText } from "@/app/_ui/folded-text";
import { KeyValues } from "@/app/_ui/key-values";
import { prettyJson } from "@/app/_ui/pretty-json";
import { RawText } from "@/app/_ui/raw-text";
import { TextBlock } from "@/app/_ui/text-block";

const HUGE = "x".repeat(5_000_000);
const letters = (html: string) => html.match(/x{100,}/g)?.join("").length ?? 0;

describe("clipText", () => {
	it.each([199_999, 200 * 1024, TEXT_CHARS_MAX])("leaves %i characters whole", (length) => {
		const text = "a".repeat(length);
		expect(clipText(text)).toEqual({ shown: text, cutChars: 0 });
	});

	it("counts what it cuts", () => {
		expect(clipText("abcde", 3)).toEqual({ shown: "abc", cutChars: 2 });
		expect(clipText(HUGE).cutChars).toBe(HUGE.length - TEXT_CHARS_MAX);
	});

	it.each([
		["a😀b", 2, "a", 3],
		["a😀b", 3, "a😀", 1],
		["😀😀", 1, "", 4],
		["😀😀", 3, "😀", 2],
		["a😀", 0, "", 3],
	])("never splits a surrogate pair: %s at %i", (text, charsMax, shown, cutChars) => {
		expect(clipText(text, charsMax)).toEqual({ shown, cutChars });
	});
});

describe("a text longer than a page carries", () => {
	const words = `… ${(HUGE.length - TEXT_CHARS_MAX).toLocaleString("en-US")} more characters`;

	it.each([
		["FoldedText", <FoldedText key="" text={HUGE} />],
		["RawText", <RawText key="" text={HUGE} label="raw input" />],
		["TextBlock", <TextBlock key="" title="Input" text={HUGE} />],
		["KeyValues", <KeyValues key="" caption="Attributes" rows={[{ key: "k", value: HUGE }]} />],
	])("is cut by %s, which says so outside of any fold", (_, element) => {
		const html = renderToStaticMarkup(element);
		expect(html.length).toBeLessThan(TEXT_CHARS_MAX + 10_000);
		expect(letters(html)).toBe(TEXT_CHARS_MAX);
		expect(html.replace(/<details.*?<\/details>/gs, "")).toContain(`${words}, stored but not shown here`);
	});

	it("links to the whole where its place is known", () => {
		const html = renderToStaticMarkup(
			<WholeTextAt href="/api/v1/traces/1/spans">
				<FoldedText text={HUGE} />
			</WholeTextAt>,
		);
		expect(html).toContain(`${words}: <a `);
		expect(html).toMatch(/<a href="\/api\/v1\/traces\/1\/spans"[^>]*>the whole is in the JSON of the spans<\/a>/);
	});

	it("is copied in part, and the button says so; a whole one is copied whole", () => {
		expect(renderToStaticMarkup(<TextBlock title="Input" text={HUGE} />)).toContain('"Copy the shown part of input"');
		expect(renderToStaticMarkup(<TextBlock title="Input" text="hi" />)).toContain('"Copy input"');
	});

	it("does not claim that all of it is shown", () => {
		const html = renderToStaticMarkup(<FoldedText text={HUGE} />);
		expect(html).toContain(`Show the first ${TEXT_CHARS_MAX.toLocaleString("en-US")} characters`);
		expect(html).not.toContain("Show all");
		expect(html).toContain("font-sans text-sm");
	});
});

describe("KeyValues", () => {
	const rows = (count: number, value: string) => Array.from({ length: count }, (_, at) => ({ key: `k${at}`, value }));
	const VALUE = "x".repeat(200_000);

	it("shows a 200 KB value whole", () => {
		const html = renderToStaticMarkup(<KeyValues caption="Attributes" rows={rows(1, VALUE)} />);
		expect(html).toContain(`>${VALUE}<`);
		expect(html).not.toContain("more character");
	});

	it("carries two megabytes of whole values, then 2,000 characters of each", () => {
		const html = renderToStaticMarkup(<KeyValues caption="Attributes" rows={rows(1_000, VALUE)} />);
		const lengths = [...html.matchAll(/>(x+)</g)].map(([, run = ""]) => run.length);
		expect(lengths).toEqual([...Array(11).fill(200_000), ...Array(989).fill(2_000)]);
		expect(html.split("… 198,000 more characters").length - 1).toBe(989);
	});

	it("stays bounded when indentation would make short values long", () => {
		const deep = `${"[".repeat(90)}${"0,".repeat(900)}0${"]".repeat(90)}`;
		const html = renderToStaticMarkup(<KeyValues caption="Attributes" rows={rows(1_000, deep)} />);
		expect(html.length).toBeLessThan(6_000_000);
	});

	it("cuts a key that is no name", () => {
		const html = renderToStaticMarkup(<KeyValues caption="Attributes" rows={[{ key: HUGE, value: "v" }]} />);
		expect(letters(html)).toBe(2_000);
		expect(html).toContain("4,998,000 more characters");
	});
});

describe("prettyJson", () => {
	it("leaves JSON alone that indentation would make huge", () => {
		const deep = `${"[".repeat(90)}${"0,".repeat(90_000)}0${"]".repeat(90)}`;
		expect(prettyJson(deep)).toBe(deep);
	});
});
