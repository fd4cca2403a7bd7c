import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { FoldedList } from "@/app/_ui/folded-list";
import { FoldedText } from "@/app/_ui/folded-text";

const visible = (html: string) => html.replace(/<summary.*?<\/summary>/gs, "").replace(/<[^>]+>/g, "");

describe("FoldedText", () => {
	it("shows short text whole, as text", () => {
		const html = renderToStaticMarkup(<FoldedText text={'<img src=x onerror="harm()">'} />);
		expect(html).toContain("&lt;img src=x");
		expect(html).not.toContain("<img");
		expect(html).not.toContain("<details");
	});

	it.each([
		["long lines", "word ".repeat(40_000)],
		["many lines", "a\n".repeat(5_000)],
		["no place to break", "😀".repeat(20_000)],
	])("folds %s and loses no character", (_, text) => {
		const html = renderToStaticMarkup(<FoldedText text={text} />);
		const [head = ""] = html.split("<details");
		expect(visible(html)).toBe(text);
		expect(visible(head).length).toBeLessThanOrEqual(3_000);
		expect(html).toContain(`Show all ${text.length.toLocaleString("en-US")} characters`);
		expect(/[\uD800-\uDBFF]$/.test(visible(head))).toBe(false);
	});
});

describe("FoldedList", () => {
	const render = (count: number) =>
		renderToStaticMarkup(
			<FoldedList items={Array.from({ length: count }, (_, index) => index)} noun="message" render={(n) => `#${n}.`} />,
		);

	it("shows a short list whole", () => {
		expect(render(41)).not.toContain("<details");
	});

	it("shows twenty at either end of a long one, says how many are between, and bounds those", () => {
		const html = render(2000);
		const [head = "", rest = ""] = html.split("<details");
		const [middle = "", tail = ""] = rest.split("</details>");
		expect(visible(head)).toMatch(/^#0\..*#19\.$/);
		expect(visible(tail)).toMatch(/^#1980\..*#1999\.$/);
		expect(middle).toContain("1,960 messages between");
		expect(middle).toContain("#1019.");
		expect(middle).not.toContain("#1020.");
		expect(middle).toContain("960 more are not listed here");
	});
});
