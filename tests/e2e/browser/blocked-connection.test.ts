import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launchBrowser, picture, scrollsSideways, type TestBrowser } from "@/tests/support/browser";
import { type FakeJudge, startFakeJudge, verdict } from "@/tests/support/fake-judge";
import { createJudgedProject, type JudgedProject } from "@/tests/support/judged-project";
import { llmSpan } from "@/tests/support/llm-span";
import { sendSpans } from "@/tests/support/rest-client";

// A key that is refused, seen from everywhere it matters, and mended; each step builds on the one before.

const url = inject("appUrl");
const REFUSED = { status: 401, body: JSON.stringify({ error: { message: "no such key" } }) };

let isMended = false;
let judge: FakeJudge;
let browser: TestBrowser;
let page: Page;
let judged: JudgedProject;
const span = llmSpan();

beforeAll(async () => {
	judge = await startFakeJudge(() => (isMended ? verdict(1, "Right.") : REFUSED));
	browser = await launchBrowser();
	page = await browser.open();
	judged = await createJudgedProject(url, judge.url);
	await sendSpans(url, [span], judged.project.name);
});
afterAll(async () => {
	await browser?.close();
	await judge?.close();
});

const path = () => `${url}/p/${judged.project.id}`;

it("the list of traces, the trace, the rules and the rule say that the evaluation is blocked, and why", async () => {
	await page.goto(`${path()}/traces`);
	const row = page.getByRole("row").filter({ has: page.locator(`a[href$="${span.traceId}"]`) });
	await row.getByText("helpfulness blocked").waitFor({ state: "attached" });
	await page.goto(`${path()}/traces/${span.traceId}`);
	const rule = page.getByRole("region", { name: "Rule helpfulness" });
	await rule.getByText("blocked", { exact: true }).waitFor();
	expect(await rule.textContent()).toMatch(/401|key/);
	await picture(page, "40-blocked-ledger");
	await page.goto(`${path()}/rules`);
	await page
		.getByRole("row", { name: /helpfulness/ })
		.getByText("blocked", { exact: true })
		.waitFor();
	await picture(page, "41-blocked-rules");
	await page.getByRole("link", { name: "helpfulness" }).click();
	await page.getByRole("region", { name: "Last error" }).waitFor();
	expect(await page.locator("dl > div", { hasText: /^blocked/ }).textContent()).toBe("blocked1");
	await picture(page, "42-blocked-report");
});

it("the connection says what is wrong, and a test that passes lets everything go on", async () => {
	await page.goto(`${path()}/connections`);
	const row = page.getByRole("row").filter({ hasText: judged.connection.name });
	await row.getByText("Evaluations wait until a test passes.").waitFor();
	await picture(page, "43-blocked-connection");
	isMended = true;
	await page.getByRole("button", { name: `Test ${judged.connection.name}` }).click();
	await row.getByText(/Answered in \d+ ms/).waitFor();
	await row.getByText("Evaluations wait until a test passes.").waitFor({ state: "detached" });
	await page.goto(`${path()}/traces/${span.traceId}`);
	await page.getByRole("region", { name: "Evaluation by helpfulness" }).getByText("passed", { exact: true }).waitFor();
});

it("a narrow screen shows it without moving sideways", async () => {
	const narrow = await browser.open({ width: 390, height: 844 });
	for (const part of ["connections", "rules", `rules/${judged.rule.id}`, `traces/${span.traceId}`]) {
		await narrow.goto(`${path()}/${part}`);
		expect(await scrollsSideways(narrow)).toBe(false);
	}
	await narrow.context().close();
	expect(browser.complaints).toEqual([]);
});
