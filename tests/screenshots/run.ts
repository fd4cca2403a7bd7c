import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { buildProduct } from "@/tests/bench/served-product";
import { startApp } from "@/tests/support/app-server";
import { launchBrowser } from "@/tests/support/browser";
import { SEEN_PAGES } from "@/tests/support/page-table";
import { seedPages } from "@/tests/support/seed-pages";
import { visitPage } from "@/tests/support/visit-page";

// `npm run screenshots [-- folder]`: every page of a seeded product in both themes, wide and narrow, as PNG files.

const LOOKS = [
	{ look: "light", colorScheme: "light", width: 1440, height: 900 },
	{ look: "dark", colorScheme: "dark", width: 1440, height: 900 },
	{ look: "light-narrow", colorScheme: "light", width: 390, height: 844 },
	{ look: "dark-narrow", colorScheme: "dark", width: 390, height: 844 },
] as const;
const SETTLE_MS = 300;

const folder = process.argv[2] ?? "screenshots";

async function takeAll(): Promise<void> {
	mkdirSync(folder, { recursive: true });
	buildProduct();
	const app = await startApp();
	const browser = await launchBrowser();
	const seeded = await seedPages(app.url);
	try {
		for (const { look, ...options } of LOOKS) {
			const page = await browser.open(options);
			for (const seen of SEEN_PAGES) {
				await visitPage(page, app.url, seen, seeded.ids);
				await page.waitForTimeout(SETTLE_MS);
				const path = join(folder, `${seen.name}.${look}.png`);
				await page.screenshot({ path, fullPage: !seen.press });
				console.log(path);
			}
			await page.context().close();
		}
	} finally {
		await seeded.stop();
		await browser.close();
		await app.stop();
	}
}

await takeAll();
