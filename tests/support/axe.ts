import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];

/** What a page violates of WCAG 2.1 A and AA, a line each: the rule, what is wrong, and where. Moving parts are stilled. */
export async function violationsOf(page: Page): Promise<string[]> {
	// A colour on its way is no colour to judge.
	await page.addStyleTag({
		content: "*, *::before, *::after { animation: none !important; transition: none !important }",
	});
	await page.evaluate(source);
	const { violations } = await page.evaluate(
		(values) =>
			(globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
				runOnly: { type: "tag", values },
				resultTypes: ["violations"],
			}),
		TAGS,
	);
	return violations.flatMap(({ id, help, nodes }) =>
		nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html.slice(0, 200)}: ${lastLine(failureSummary)}`),
	);
}

function lastLine(summary = ""): string {
	return summary.trim().split("\n").at(-1)?.trim() ?? "";
}
