import { mkdirSync } from "node:fs";
import { join } from "node:path";
import packaged from "@sparticuz/chromium";
import { type Browser, chromium, type Page } from "playwright-core";

const WAIT_MS = 10_000;
const SETTLE_MS = 400;
/** The packaged list is made for one page in one process: closing that page would end the browser. */
const UNWANTED = new Set(["--single-process", "--disable-web-security", "--allow-running-insecure-content"]);

interface PageOptions {
	colorScheme?: "light" | "dark";
	width?: number;
	height?: number;
	/** False: a browser in which no script runs. */
	javaScript?: boolean;
}

export interface TestBrowser {
	/** A page of a visitor of its own, with cookies and settings of its own. */
	open(options?: PageOptions): Promise<Page>;
	/** What any page complained about: console errors, uncaught exceptions, failed requests of our own. */
	complaints: string[];
	close(): Promise<void>;
}

/** Chromium out of its npm package; CHROMIUM_PATH names another one. */
export async function launchBrowser(): Promise<TestBrowser> {
	const browser: Browser = await chromium.launch({
		executablePath: process.env.CHROMIUM_PATH || (await packaged.executablePath()),
		args: packaged.args.filter((flag) => !UNWANTED.has(flag)),
	});
	const complaints: string[] = [];
	return {
		complaints,
		async open({ colorScheme = "light", width = 1280, height = 800, javaScript = true } = {}) {
			const context = await browser.newContext({
				colorScheme,
				viewport: { width, height },
				timezoneId: "UTC",
				javaScriptEnabled: javaScript,
			});
			context.setDefaultTimeout(WAIT_MS);
			const page = await context.newPage();
			page.on("console", (message) => {
				if (message.type() === "error") complaints.push(`console: ${message.text()} (${message.location().url})`);
			});
			page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
			return page;
		},
		close: () => browser.close(),
	};
}

/** Keeps a picture in the folder that SPANWISE_SCREENSHOTS names; does nothing without one. */
export async function picture(page: Page, name: string): Promise<void> {
	const folder = process.env.SPANWISE_SCREENSHOTS;
	if (!folder) return;
	mkdirSync(folder, { recursive: true });
	await page.waitForTimeout(SETTLE_MS);
	await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** True when the page as a whole can be moved sideways. */
export function scrollsSideways(page: Page): Promise<boolean> {
	return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}
