import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AgentTrace, LLM_ATTRIBUTES, sendAgentTrace } from "@/tests/support/agent-trace";
import { type App, startApp } from "@/tests/support/app-server";
import { launchBrowser, picture, type TestBrowser } from "@/tests/support/browser";
import { type FakeJudge, startFakeJudge, verdict } from "@/tests/support/fake-judge";
import { llmSpan } from "@/tests/support/llm-span";
import { otlpRequest } from "@/tests/support/otlp-request";
import { call, sendSpans } from "@/tests/support/rest-client";

// One visitor, from an empty installation to a judged trace; each step builds on the one before.

const PROJECT = "my-llm-app";
const REASON = "It names Paris and nothing else.";
const VISIBLE_MS = 2000;
const run = promisify(execFile);

describe("from nothing to a judged trace", () => {
	let app: App;
	let judge: FakeJudge;
	let browser: TestBrowser;
	let page: Page;
	let latest: AgentTrace;

	beforeAll(async () => {
		[app, judge, browser] = await Promise.all([
			startApp(),
			startFakeJudge(() => verdict(0.95, REASON)),
			launchBrowser(),
		]);
		page = await browser.open();
	});
	afterAll(async () => {
		await browser?.close();
		await judge?.close();
		await app?.stop();
	});

	const row = (name: string) => page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
	const span = (name: string) =>
		page.getByRole("navigation", { name: "Spans of the trace" }).getByRole("link", { name });
	const detail = () => page.getByRole("region", { name: "Selected span" });
	const go = (name: string) => page.getByRole("navigation", { name: "Project" }).getByRole("link", { name }).click();

	async function send(encoding: "json" | "protobuf") {
		latest = await sendAgentTrace(app.url, { encoding }, { "spanwise.project": PROJECT });
	}

	it("the first page asks for a project and leads to its empty list", async () => {
		await page.goto(app.url);
		await page.getByRole("heading", { name: "Create your first project" }).waitFor();
		await picture(page, "01-no-project");
		await page.getByLabel("Project name").fill(PROJECT);
		await page.getByRole("button", { name: "Create project" }).click();
		await page.getByRole("heading", { name: "Waiting for the first trace" }).waitFor();
		await picture(page, "02-no-traces");
	});

	it("attempts that fail appear there as they happen, with the reason and how to mend it", async () => {
		const attempts = page.getByRole("region", { name: "Failed attempts" });
		await attempts.getByText("None. A request with a wrong key").waitFor();
		await page.evaluate(() => document.body.setAttribute("data-marked", "listening"));
		const attempt = async (status: number, type: string, body: string) => {
			const init = { method: "POST", headers: { "Content-Type": type, "User-Agent": "my-app/1.0" }, body };
			expect((await call(app.url, "/v1/traces", init)).status).toBe(status);
		};
		const shown = (words: RegExp) => attempts.getByRole("listitem").filter({ hasText: words }).waitFor();
		await attempt(415, "text/plain", "hello");
		await shown(/415 · 1 request.*project not known.*my-app\/1\.0.*Content-Type must be.*http\/protobuf/);
		await attempt(400, "application/json", "{hello}");
		await shown(/400 · 1 request.*project not known.*invalid JSON.*single quotes/);
		const nameless = llmSpan({ name: "" });
		await attempt(200, "application/json", JSON.stringify(otlpRequest([nameless], { "spanwise.project": PROJECT })));
		await shown(/1 span.*name is missing.*Give the span a name/);
		await attempts.getByText(`${nameless.traceId}/${nameless.spanId}`).waitFor();
		await sendSpans(app.url, [llmSpan({ name: "astray" })], "my-lm-app");
		await shown(/1 span.*named no project that exists here.*must be exactly “my-llm-app”/);
		expect(await page.locator("body").getAttribute("data-marked")).toBe("listening");
		expect(await page.content()).not.toContain("{hello}");
		await picture(page, "02-failed-attempts");
	});

	it("the shown curl works as it is, and its trace appears without a reload", async () => {
		await page.evaluate(() => document.body.setAttribute("data-marked", "before"));
		const command = (await page.locator("figure pre").first().textContent()) ?? "";
		expect(command).toContain(app.url);
		const { stdout } = await run("sh", ["-c", command]);
		expect(JSON.parse(stdout)).toEqual({ acceptedSpans: 1, rejectedSpans: 0, traces: 1 });
		await row("answer question").waitFor({ timeout: VISIBLE_MS });
		expect(await page.locator("body").getAttribute("data-marked")).toBe("before");
		await picture(page, "03-first-trace");
	});

	it.each(["json", "protobuf"] as const)("what an exporter sends in %s is on the list within 2 s", async (encoding) => {
		const before = await row("agent.run").count();
		await send(encoding);
		await row("agent.run").nth(before).waitFor({ timeout: VISIBLE_MS });
		const link = page.locator(`a[href$="${latest.traceId}"]`);
		await link.waitFor({ timeout: VISIBLE_MS });
		expect(performance.now() - latest.flushedAt).toBeLessThan(VISIBLE_MS + 500);
	});

	it("the trace page shows the tree of spans, and each span's input, output, attributes and events", async () => {
		await page.locator(`a[href$="${latest.traceId}"]`).click();
		await page.getByRole("link", { name: "Open the whole page" }).click();
		await page.getByRole("heading", { level: 1, name: "agent.run" }).waitFor();
		expect(await page.getByRole("navigation", { name: "Spans of the trace" }).locator("a[data-span]").count()).toBe(3);
		await span("llm.generate").click();
		await detail().getByRole("heading", { name: "llm.generate" }).waitFor();
		expect(await detail().getByRole("region", { name: "Input" }).textContent()).toContain(LLM_ATTRIBUTES.input);
		expect(await detail().getByRole("region", { name: "Output" }).textContent()).toContain(LLM_ATTRIBUTES.output);
		const attributes = detail().getByRole("table", { name: "Attributes", exact: true });
		for (const [key, value] of [
			["gen_ai.request.model", "gpt-5-mini"],
			["temperature", "0.2"],
			["cached", "false"],
		]) {
			expect(await attributes.getByRole("row", { name: `${key} ${value}`, exact: true }).count()).toBe(1);
		}
		await detail().getByText("first token", { exact: true }).waitFor();
		await picture(page, "04-trace-llm-span");
		await span("tool.search").click();
		await detail().getByRole("heading", { name: "tool.search" }).waitFor();
		await detail().getByText("search failed").first().waitFor();
		await detail().getByText("the index is closed").first().waitFor();
		await picture(page, "05-trace-failed-span");
	});

	it("a connection is added and answers its test, and a rule is made with it", async () => {
		await go("Rules");
		await page.getByText("For a model to judge, add a connection to one first.").waitFor();
		await picture(page, "06-rule-needs-connection");
		await page.getByRole("link", { name: "Add a connection" }).click();
		await page.getByLabel("Name", { exact: true }).fill("local judge");
		await page.getByLabel("Model").fill("judge-1");
		await page.getByLabel("Base URL").fill(judge.url);
		await page.getByLabel("Key", { exact: true }).fill("sk-e2e-0123456789");
		await page.getByRole("button", { name: "Add connection" }).click();
		await page.getByRole("table", { name: "Connections" }).getByText("local judge").waitFor();
		await page.getByRole("button", { name: "Test local judge" }).click();
		await page.getByText(/Answered in \d+ ms/).waitFor();
		await picture(page, "07-connection");
		expect(await page.content()).not.toContain("sk-e2e-0123456789");

		await go("Rules");
		await page.getByRole("link", { name: "New rule" }).click();
		await page.getByLabel("Name", { exact: true }).fill("helpful");
		await page.getByLabel("Filter").fill('name = "llm.generate"');
		await page.getByLabel("Evaluator").fill("helpfulness");
		await page.getByLabel("Criteria").fill("The answer is correct and helps.");
		await picture(page, "08-new-rule");
		await page.getByRole("button", { name: "Create rule" }).click();
		await page.getByRole("heading", { level: 1, name: "helpful" }).waitFor();
		await page.getByText("None yet. The rule judges what arrives from now on").waitFor();
		await picture(page, "09-rule");
		await go("Rules");
		await page.getByRole("table", { name: "Rules" }).getByRole("link", { name: "helpful" }).waitFor();
		await picture(page, "09-rules");
	});

	it("the next trace gets its score on the list, and score and reason on its page", async () => {
		await go("Traces");
		await send("protobuf");
		const judged = page.getByRole("row").filter({ has: page.locator(`a[href$="${latest.traceId}"]`) });
		await judged.getByText("0.95").waitFor({ timeout: 5000 });
		expect(await judged.textContent()).toContain("helpfulness passed");
		await picture(page, "10-judged-list");
		await page.locator(`a[href$="${latest.traceId}"]`).click();
		await span("llm.generate").click();
		const card = detail().getByRole("region", { name: "Evaluation by helpfulness" });
		await card.getByText(REASON).waitFor();
		for (const part of ["passed", "0.95", "of 0 to 1", "passes from 0.5"])
			expect(await card.textContent()).toContain(part);
		await picture(page, "11-judged-span");
	});

	it("the rule is deleted only after a question, and its score stays with the trace", async () => {
		await go("Rules");
		await page.getByRole("button", { name: "Delete helpful" }).click();
		await page.getByRole("alertdialog").waitFor();
		await picture(page, "12-delete-rule");
		await page.getByRole("button", { name: "Cancel" }).click();
		await page.getByRole("link", { name: "helpful" }).waitFor();
		await page.getByRole("button", { name: "Delete helpful" }).click();
		await page.getByRole("button", { name: "Delete rule" }).click();
		await page.getByRole("heading", { name: "Judge what your application answers" }).waitFor();
		await page.goto(`${app.url}/p/all/traces/${latest.traceId}?span=${latest.spanIds["llm.generate"]}`);
		await page.getByText("Its rule was deleted").waitFor();
	});

	it("nothing on the way complained", () => {
		expect(browser.complaints).toEqual([]);
	});
});
