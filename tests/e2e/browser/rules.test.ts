import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launchBrowser, picture, scrollsSideways, type TestBrowser } from "@/tests/support/browser";
import { type FakeJudge, startFakeJudge, verdict } from "@/tests/support/fake-judge";
import { createConnection, createProject, endedEvaluations } from "@/tests/support/judged-project";
import { llmSpan } from "@/tests/support/llm-span";
import { sendSpans } from "@/tests/support/rest-client";

// One rule of one project, from its first letter to its second version; each step builds on the one before.

const url = inject("appUrl");
const REASON = "It names Paris and nothing else.";

let judge: FakeJudge;
let browser: TestBrowser;
let page: Page;
let project: { id: string; name: string };
let connection: { id: string };
let path = "";
const stored = [llmSpan(), llmSpan()] as const;

beforeAll(async () => {
	[judge, browser] = await Promise.all([startFakeJudge(() => verdict(0.9, REASON)), launchBrowser()]);
	page = await browser.open();
	project = await createProject(url);
	connection = await createConnection(url, judge.url);
	path = `${url}/p/${project.id}`;
	await sendSpans(url, [...stored, llmSpan({ traceId: stored[0].traceId, name: "other" })], project.name);
});
afterAll(async () => {
	await browser?.close();
	await judge?.close();
});

const filter = () => page.getByLabel("Filter", { exact: true });
const offers = () => page.getByRole("listbox", { name: "What could stand here" });
const panel = () => page.getByRole("region", { name: "Try it" });
const judging = () => page.getByRole("region", { name: "Judge what is stored" });

describe("the form of a rule", () => {
	it("a starter is a link that fills it", async () => {
		await page.goto(`${path}/rules`);
		await page.getByRole("link", { name: "New rule" }).click();
		await page.getByRole("link", { name: /^Short enough/ }).click();
		await page.waitForURL(/starter=length/);
		expect(await page.getByLabel("Characters at most").inputValue()).toBe("1500");
		await page.goto(`${path}/rules/new?starter=groundedness`);
		expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("Groundedness");
		expect(await page.getByLabel("Criteria").inputValue()).toContain("claim by claim");
		await page.getByLabel("Connection").selectOption(connection.id);
		await picture(page, "30-starter");
	});

	it("what could stand in the filter is offered, and taken with the keyboard alone", async () => {
		await filter().fill("");
		await filter().pressSequentially("nam");
		await offers().getByRole("option", { name: /^name/ }).waitFor();
		await page.keyboard.press("Enter");
		await offers()
			.getByRole("option", { name: /^contains/ })
			.waitFor();
		await picture(page, "31-suggestions");
		expect(await filter().inputValue()).toBe("name ");
		await page.keyboard.press("ArrowDown");
		await page.keyboard.press("Tab");
		expect(await filter().inputValue()).toBe("name = ");
		await page.keyboard.press("Escape");
		expect(await offers().count()).toBe(0);
		await filter().pressSequentially('"llm.generate" and cst > 1');
	});

	it("a filter that cannot be read is told when it is left, and refused, with its place", async () => {
		await page.getByLabel("Criteria").click();
		await page.getByText(/^column 27: unknown field/).waitFor();
		expect(await page.locator("mark").textContent()).toBe("cst");
		await page.getByRole("button", { name: "Create rule" }).click();
		await page.getByText("Some fields need another look.").waitFor();
		expect(await filter().getAttribute("aria-invalid")).toBe("true");
		expect(await page.locator("mark").textContent()).toBe("cst");
		await picture(page, "32-refused-filter");
		await filter().fill('name = "llm.generate"');
		await page.keyboard.press("Escape");
		expect(await page.locator("mark").count()).toBe(0);
	});

	it("says what the rule would have done, and never that an unknown cost is none", async () => {
		await panel().getByRole("button", { name: "Try it on the last 7 days" }).click();
		await panel().getByText("spans fit").waitFor();
		const figures = await panel().locator("dl > div").allTextContents();
		expect(figures).toEqual(["spans fit2", "judged, after sampling2", "evaluations a day0.3", "a daycost not known"]);
		expect(await panel().getByRole("listitem").count()).toBe(2);
		await panel().getByRole("button", { name: "Judge these two now" }).click();
		await panel().getByText(REASON).nth(1).waitFor();
		expect(await panel().getByText("passed", { exact: true }).count()).toBe(2);
		await picture(page, "33-back-test");
		await page.getByLabel("Share in percent").fill("0");
		await panel().getByText("The form has changed since").waitFor();
		await panel().getByRole("button", { name: "Try it on the last 7 days" }).click();
		await panel().getByText("Share in percent: Must be more than 0 and at most 100.").waitFor();
		await page.getByLabel("Share in percent").fill("100");
	});

	it("without JavaScript the kinds of evaluators still show their fields", async () => {
		const plain = await page.context().browser()?.newContext({ javaScriptEnabled: false });
		const visit = await plain?.newPage();
		if (!visit) throw new Error("no page");
		await visit.goto(`${path}/rules/new?starter=json`);
		expect(await visit.getByLabel("The output").inputValue()).toBe("is_json");
		expect(await visit.getByLabel("Criteria").isVisible()).toBe(false);
		await visit.getByRole("radio", { name: "Code" }).check();
		expect(await visit.getByLabel("JavaScript").isVisible()).toBe(true);
		expect(await visit.getByLabel("The output").isVisible()).toBe(false);
		await visit.getByRole("radio", { name: "An assertion" }).check();
		await visit.getByLabel("The output").selectOption("max_length");
		expect(await visit.getByLabel("Characters at most").isVisible()).toBe(true);
		await plain?.close();
	});
});

describe("the report of a rule", () => {
	it("follows its creation, and says that nothing was judged yet", async () => {
		await page.getByRole("button", { name: "Create rule" }).click();
		await page.getByRole("heading", { level: 1, name: "Groundedness" }).waitFor();
		await page.getByText("None yet. The rule judges what arrives from now on").waitFor();
		expect(await page.getByText("Nothing was judged in these days.").count()).toBe(1);
	});

	it("stored spans are judged on request, and the page shows it by itself", async () => {
		await judging().getByRole("button", { name: "Start judging" }).click();
		await judging().getByText("2 found, 2 of 2 judged").waitFor();
		await judging().getByText("done", { exact: true }).waitFor();
		const verdicts = page.getByRole("table", { name: /^Last verdicts/ });
		await verdicts.getByRole("link", { name: REASON }).nth(1).waitFor();
		const figures = page.getByRole("region", { name: "Score" });
		await figures.getByText("The numbers as a table").click();
		const today = new Date().toISOString().slice(0, 10);
		await figures.getByRole("row", { name: `${today} 0.9 100 % 2` }).waitFor();
		await picture(page, "34-report");
	});

	it("a changed rule is a new version, and the history says what changed", async () => {
		await page.getByRole("link", { name: "Edit" }).click();
		expect(await filter().inputValue()).toBe('name = "llm.generate"');
		await page.getByLabel("Passes from").fill("0.95");
		await page.getByLabel("Share in percent").fill("50");
		await page.getByRole("button", { name: "Save rule" }).click();
		await page.getByText("version 2", { exact: true }).waitFor();
		const history = page.locator("details").filter({ has: page.getByRole("heading", { name: "Versions" }) });
		const [latest] = await history.locator("ol > li").all();
		expect(await latest?.locator("ul > li").allTextContents()).toEqual([
			"Share: every one → 50 %",
			"Passes: from 0.7 → from 0.95",
		]);
		await picture(page, "35-versions");
	});

	it("fits a narrow screen, as does the form", async () => {
		const narrow = await browser.open({ width: 390, height: 844, colorScheme: "dark" });
		await narrow.goto(page.url());
		expect(await scrollsSideways(narrow)).toBe(false);
		await narrow.goto(`${page.url()}/edit`);
		expect(await scrollsSideways(narrow)).toBe(false);
		await picture(narrow, "36-narrow-form");
		await narrow.context().close();
	});
});

describe("the ledger of a trace", () => {
	it("says of the chosen span what each rule decided and why, and of the others how many", async () => {
		const [{ traceId, spanId }] = stored;
		await endedEvaluations(url, traceId);
		await page.goto(`${path}/traces/${traceId}?span=${spanId}`);
		const ledger = page.getByRole("region", { name: "Evaluations", exact: true });
		const card = ledger.getByRole("region", { name: "Evaluation by groundedness" });
		for (const part of ["passed", "0.9", "this span", REASON, "version 1", "cost not known"]) {
			expect(await card.textContent()).toContain(part);
		}
		await ledger.getByText("other spans not matched: 1 span").waitFor();
		await picture(page, "37-ledger");
	});

	it("says which condition did not fit", async () => {
		await sendSpans(url, [llmSpan({ traceId: stored[0].traceId, name: "another" })], project.name);
		await page.reload();
		await page.getByRole("navigation", { name: "Spans of the trace" }).getByRole("link", { name: "another" }).click();
		const rule = page.getByRole("region", { name: "Rule Groundedness" });
		await rule.getByText('It does not fit name = "llm.generate"').waitFor();
		await rule.getByText("other spans: 1 passed · not matched: 1 span").waitFor();
		await rule.getByRole("link", { name: "Groundedness" }).click();
		await page.getByRole("heading", { level: 1, name: "Groundedness" }).waitFor();
	});
});

it("nothing on the way complained", () => {
	expect(browser.complaints).toEqual([]);
});
