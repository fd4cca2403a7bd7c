import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, startApp } from "@/tests/support/app-server";
import { violationsOf } from "@/tests/support/axe";
import { launchBrowser, scrollsSideways, type TestBrowser } from "@/tests/support/browser";
import { NOWHERE, SEEN_PAGES, type SeenIds } from "@/tests/support/page-table";
import { seedPages } from "@/tests/support/seed-pages";
import { untilAwake, visitPage } from "@/tests/support/visit-page";

// Every page of one product, as it is seen: in the light and narrow, in the dark and wide, by keyboard.

let app: App;
let browser: TestBrowser;
let ids: SeenIds;
let stopTraffic: (() => Promise<void>) | undefined;

beforeAll(async () => {
	[app, browser] = await Promise.all([startApp(), launchBrowser()]);
	({ ids, stop: stopTraffic } = await seedPages(app.url));
}, 300_000);
afterAll(async () => {
	await browser?.close();
	await stopTraffic?.();
	await app?.stop();
});

describe.each([
	{ look: "in the dark on a wide screen", options: { colorScheme: "dark", width: 1440 } },
	{ look: "in the light on a narrow screen", options: { colorScheme: "light", width: 390, height: 844 } },
] as const)("every page $look", ({ options }) => {
	let page: Page;
	beforeAll(async () => {
		page = await browser.open(options);
	});
	afterAll(() => page?.context().close());

	it.each(SEEN_PAGES)("$name violates nothing of WCAG 2.1 AA and fits its screen", async (seen) => {
		await visitPage(page, app.url, seen, ids);
		expect(await violationsOf(page)).toEqual([]);
		expect(await scrollsSideways(page)).toBe(false);
	});
});

describe("the keyboard", () => {
	let page: Page;
	const focused = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.ariaLabel);
	const dialog = (name: string) => page.getByRole("dialog", { name });
	beforeAll(async () => {
		page = await browser.open();
		await page.goto(`${app.url}/p/${ids.project}/rules`);
		await untilAwake(page);
	});

	it("reaches the content past the navigation first of all", async () => {
		await page.keyboard.press("Tab");
		await page.keyboard.press("Enter");
		expect(await focused()).toBe("content");
	});

	it("opens the help and the palette and gives the focus back", async () => {
		await page.keyboard.press("?");
		await dialog("Keyboard shortcuts").waitFor();
		await page.keyboard.press("Escape");
		await dialog("Keyboard shortcuts").waitFor({ state: "detached" });
		expect(await focused()).toBe("content");
		await page.keyboard.press("Control+k");
		await dialog("Command palette").waitFor();
		await page.keyboard.type("keyboard");
		await page.keyboard.press("Enter");
		await dialog("Keyboard shortcuts").waitFor();
		await page.keyboard.press("Escape");
		await dialog("Keyboard shortcuts").waitFor({ state: "detached" });
		expect(await focused()).toBe("content");
	});

	it("goes to pages, and to a trace by its id", async () => {
		await page.keyboard.press("g");
		await page.keyboard.press("o");
		await page.waitForURL((url) => url.pathname === `/p/${ids.project}/overview`);
		await page.keyboard.press("Control+k");
		await dialog("Command palette").waitFor();
		await page.keyboard.type(ids.traceId);
		await page.getByRole("option", { name: `Open trace ${ids.traceId}` }).waitFor();
		await page.keyboard.press("Enter");
		await page.waitForURL((url) => url.pathname === `/p/${ids.project}/traces/${ids.traceId}`);
	});

	it("keeps the focus in the page when what had it is deleted", async () => {
		await page.goto(`${app.url}/p/${ids.project}/alerts`);
		await untilAwake(page);
		const button = page.getByRole("button", { name: "Delete Nothing takes a minute" });
		await button.focus();
		await page.keyboard.press("Enter");
		await page.getByRole("alertdialog").waitFor();
		await page.getByRole("button", { name: "Delete alert" }).focus();
		await page.keyboard.press("Enter");
		await button.waitFor({ state: "detached" });
		await expect.poll(focused).toBe("content");
	});

	it("does nothing behind a field that is typed into", async () => {
		await page.goto(`${app.url}/p/${ids.project}/rules/new`);
		await untilAwake(page);
		await page.getByLabel("Name", { exact: true }).fill("");
		await page.keyboard.type("go?");
		expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("go?");
		expect(new URL(page.url()).pathname).toBe(`/p/${ids.project}/rules/new`);
		expect(await page.getByRole("dialog").count()).toBe(0);
	});

	it("choosing a theme keeps it, without a flash of the other one", async () => {
		await page.keyboard.press("Control+k");
		await page.keyboard.type("theme: dark");
		await page.keyboard.press("Enter");
		await page.locator("html.dark").waitFor();
		await page.reload({ waitUntil: "commit" });
		await page.locator("body").waitFor();
		expect(await page.evaluate(() => document.documentElement.className)).toContain("dark");
	});

	it("nothing on the way complained", () => {
		// The trace that is not there is a 404.
		expect(browser.complaints.filter((complaint) => !complaint.includes(NOWHERE))).toEqual([]);
	});
});

describe("numbers of the overview", () => {
	it("lead to the traces that they count", async () => {
		const page = await browser.open();
		await page.goto(`${app.url}/p/${ids.project}/overview`);
		const failed = page.locator("dl > div").filter({ hasText: "Failed" });
		const [count] = /\d+(?= of)/.exec((await failed.textContent()) ?? "") ?? [];
		expect(Number(count)).toBeGreaterThan(0);
		await failed.getByRole("link").click();
		await page.waitForURL((url) => url.searchParams.get("filter") === 'root = true and status = "error"');
		await page.getByRole("row").nth(1).waitFor();
		await page.context().close();
	});
});
