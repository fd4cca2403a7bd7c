import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, answersAgain, startApp } from "@/tests/support/app-server";
import { launchBrowser, picture, type TestBrowser } from "@/tests/support/browser";
import { eventually } from "@/tests/support/eventually";
import { llmSpan } from "@/tests/support/llm-span";
import { HAS_PROC } from "@/tests/support/processes";
import { sendSpans } from "@/tests/support/rest-client";

/** A query that hangs is given up after about eleven seconds. */
const GIVEN_UP_MS = 20_000;

describe.skipIf(!HAS_PROC || process.env.CLICKHOUSE_URL)("while ClickHouse does not answer", () => {
	let app: App;
	let browser: TestBrowser;
	let page: Page;
	const stored = llmSpan({ name: "kept through the outage" });

	beforeAll(async () => {
		[app, browser] = await Promise.all([startApp(), launchBrowser()]);
		page = await browser.open();
		await sendSpans(app.url, [stored]);
	});
	afterAll(async () => {
		await browser?.close();
		await app?.stop();
	});

	it("the list says in words that the store is away, not that there are no traces, and recovers by itself", async () => {
		const pid = app.clickhousePid();
		process.kill(pid, "SIGSTOP");
		try {
			await page.goto(`${app.url}/p/all/traces`, { timeout: GIVEN_UP_MS });
			const alert = page.getByRole("alert").filter({ hasText: "Could not read traces" });
			await alert.waitFor({ timeout: GIVEN_UP_MS });
			expect(await alert.textContent()).toMatch(/ClickHouse.*did not answer.*does not mean that there are no traces/);
			expect(await page.getByText("Waiting for the first trace").count()).toBe(0);
			await picture(page, "30-outage");
			// Each island of the overview says so for itself, and none shows a zero.
			await page.goto(`${app.url}/p/all/overview`, { timeout: GIVEN_UP_MS });
			await page.getByText("The trace store (ClickHouse) did not answer").nth(4).waitFor({ timeout: GIVEN_UP_MS });
			expect(await page.locator("dl dd").allTextContents()).toEqual(Array.from({ length: 6 }, () => "–"));
			await picture(page, "30-outage-overview");
			await page.goto(`${app.url}/p/all/traces`, { timeout: GIVEN_UP_MS });
			await alert.waitFor({ timeout: GIVEN_UP_MS });
			// What needs the other store only still works.
			await page.getByRole("link", { name: "Connections" }).click();
			await page.getByRole("heading", { name: "New connection" }).waitFor();
			await page.goBack();
			await alert.waitFor({ timeout: GIVEN_UP_MS });
		} finally {
			process.kill(pid, "SIGCONT");
		}
		await answersAgain(app);
		await page.getByRole("link", { name: "kept through the outage" }).waitFor({ timeout: GIVEN_UP_MS });
	});

	it("an open list survives the end and restart of the web server without a reload", async () => {
		await page.goto(`${app.url}/p/all/traces`);
		await page.evaluate(() => document.body.setAttribute("data-marked", "before"));
		process.kill(app.webPid(), "SIGKILL");
		await eventually(() => expect(fetch(`${app.url}/api/health`)).rejects.toThrow());
		await answersAgain(app);
		const later = llmSpan({ name: "after the restart" });
		await sendSpans(app.url, [later]);
		await page.getByRole("link", { name: "after the restart" }).waitFor();
		expect(await page.locator("body").getAttribute("data-marked")).toBe("before");
	});

	it("an open list says that the server does not answer, keeps its rows, and stops saying so afterwards", async () => {
		await page.goto(`${app.url}/p/all/traces`);
		await page.context().setOffline(true);
		const told = page.getByText("Server does not answer, trying again");
		await told.waitFor();
		await picture(page, "31-server-away");
		expect(await page.getByRole("link", { name: "kept through the outage" }).count()).toBe(1);
		await page.context().setOffline(false);
		await told.waitFor({ state: "detached" });
	});
});
