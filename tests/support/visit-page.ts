import type { Page } from "playwright-core";
import type { SeenIds, SeenPage } from "@/tests/support/page-table";

/** Goes to a page and waits until it is all there: heading, islands, and whatever a key opens. */
export async function visitPage(page: Page, url: string, seen: SeenPage, ids: SeenIds): Promise<void> {
	await page.goto(`${url}${seen.path(ids)}`);
	await page.locator("h1, h2").first().waitFor();
	await page.locator("[role=status]", { hasText: "Loading" }).first().waitFor({ state: "detached" });
	if (!seen.press) return;
	await untilAwake(page);
	await page.keyboard.press(seen.press);
	await page.getByRole("dialog").waitFor();
}

/** Until the page listens to keys: the chosen theme is marked from then on. */
export async function untilAwake(page: Page): Promise<void> {
	await page.locator("fieldset button[aria-pressed=true]").first().waitFor({ state: "attached" });
}
