import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { axisNumber, chartNumber } from "@/app/_ui/chart/chart-format";
import { Plot } from "@/app/_ui/chart/plot";
import type { Series } from "@/app/_ui/chart/series";

const series = (values: (number | null)[], key = "a"): Series => ({ key, word: key, tone: "accent", values });
const drawn = (parts: { bars?: Series[]; lines?: Series[]; top?: number }) =>
	renderToStaticMarkup(<Plot label="Spans" unit="count" heightClass="h-28" {...parts} />);
const count = (markup: string, mark: RegExp) => markup.match(mark)?.length ?? 0;

describe("Plot", () => {
	it("has a name for those who cannot see it, and no width of its own", () => {
		const markup = drawn({ bars: [series([1, 2])] });
		expect(markup).toContain('role="img" aria-label="Spans"');
		expect(markup).toContain('preserveAspectRatio="none"');
		expect(markup).not.toMatch(/<svg[^>]* (width|height)=/);
	});

	it("draws nothing where nothing is, and keeps one among a million in sight", () => {
		const markup = drawn({ bars: [series([0, 1, null]), series([0, 1_000_000, 0], "b")] });
		const heights = [...markup.matchAll(/<rect[^>]*height="([\d.]+)"/g)].map(([, height]) => Number(height));
		expect(heights).toHaveLength(2);
		expect(Math.min(...heights)).toBeGreaterThan(1);
	});

	it("draws no line over what is not known, and a dot where a point stands alone", () => {
		const many = Array.from({ length: 40 }, () => null);
		const markup = drawn({ lines: [series([1, 2, null, 4, null, 6, 7, ...many])] });
		const line = /d="(M[^"]*)"/.exec(markup)?.[1] ?? "";
		expect(count(line, /M/g)).toBe(3);
		expect(count(markup, /h0"/g)).toBe(1);
	});

	it("has whole numbers only at the axis of counts", () => {
		expect(drawn({ bars: [series([1])] })).not.toContain("0.5");
	});

	it("survives having no buckets and nothing but unknown ones", () => {
		expect(drawn({})).toContain("<svg");
		expect(drawn({ lines: [series([null, null])] })).not.toContain("NaN");
	});
});

describe("numbers of a chart", () => {
	it("say that something is not known, never zero", () => {
		expect(chartNumber(null, "usd")).toBe("–");
		expect(chartNumber(0, "usd")).toBe("$0");
	});

	it.each([
		["count", 12_000, "12K"],
		["ms", 1500, "1.5 s"],
		["ms", 2000, "2 s"],
		["ms", 200, "200 ms"],
		["usd", 0.0002, "$0.0002"],
		["share", 0.025, "2.5 %"],
	] as const)("are short at the axis: %s", (unit, value, text) => {
		expect(axisNumber(value, unit)).toBe(text);
	});
});
