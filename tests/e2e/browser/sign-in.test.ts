import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, startApp } from "@/tests/support/app-server";
import { launchBrowser, picture, type TestBrowser } from "@/tests/support/browser";

const KEY = "a-key-for-the-whole-team";

describe("a dashboard behind a key", () => {
	let app: App;
	let browser: TestBrowser;
	let page: Page;

	beforeAll(async () => {
		[app, browser] = await Promise.all([startApp({ env: { SPANWISE_API_KEY: KEY } }), launchBrowser()]);
		page = await browser.open();
	});
	afterAll(async () => {
		await browser?.close();
		await app?.stop();
	});

	it("asks for the key, tells a wrong one, and opens with the right one", async () => {
		await page.goto(`${app.url}/p/all/traces`);
		await page.waitForURL(/\/sign-in/);
		await page.getByLabel("API key").fill("not the key");
		await page.keyboard.press("Enter");
		await page.getByText(/not the key|wrong|invalid|does not/i).waitFor();
		await picture(page, "40-wrong-key");
		await page.getByLabel("API key").fill(KEY);
		await page.keyboard.press("Enter");
		await page.getByRole("heading", { name: "Projects" }).waitFor();
	});

	it("keeps the key itself out of the browser and out of the pages", async () => {
		const cookies = await page.context().cookies();
		expect(cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite }))).toEqual([
			{ name: "spanwise_session", httpOnly: true, sameSite: "Lax" },
		]);
		expect(JSON.stringify(cookies)).not.toContain(KEY);
		await page.goto(`${app.url}/p/all/traces`);
		await page.getByRole("heading", { name: "Waiting for the first trace" }).waitFor();
		expect(await page.locator("figure pre").first().textContent()).toContain("$SPANWISE_API_KEY");
		expect(await page.content()).not.toContain(KEY);
	});

	it("is closed again after signing out", async () => {
		await page.getByRole("button", { name: "Sign out" }).click();
		await page.waitForURL(/\/sign-in/);
		await page.goto(`${app.url}/p/all/traces`);
		await page.waitForURL(/\/sign-in/);
		expect(browser.complaints).toEqual([]);
	});
});
