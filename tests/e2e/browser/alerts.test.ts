import { execFileSync } from "node:child_process";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launchBrowser, picture, scrollsSideways, type TestBrowser } from "@/tests/support/browser";
import { createProject } from "@/tests/support/judged-project";
import { startWebhookReceiver, type WebhookReceiver } from "@/tests/support/webhook-receiver";

// One visitor who wants to be told; each step builds on the one before.

const url = inject("appUrl");

describe("being told", () => {
	let browser: TestBrowser;
	let receiver: WebhookReceiver;
	let page: Page;
	let base: string;

	beforeAll(async () => {
		[browser, receiver] = await Promise.all([
			launchBrowser(),
			startWebhookReceiver((_, earlier) =>
				earlier === 0 ? { status: 500, body: "down" } : { status: 200, body: "heard" },
			),
		]);
		base = `${url}/p/${(await createProject(url)).id}`;
		page = await browser.open();
	});
	afterAll(async () => {
		await browser?.close();
		await receiver?.close();
	});

	it("a mistaken alert keeps what was typed and says what is wrong; a right one is in the list", async () => {
		await page.goto(`${base}/alerts`);
		await page.getByRole("heading", { name: "Hear of it before your users tell you" }).waitFor();
		await picture(page, "60-no-alerts");
		await page.getByRole("link", { name: "New alert" }).click();
		await page.getByLabel("What is watched").selectOption("ERROR_RATIO");
		expect(await page.getByLabel("Of", { exact: true }).isVisible()).toBe(false);
		await page.getByLabel("Name").fill("Too many errors");
		await page.getByLabel("Fires when it").selectOption("ABOVE");
		await page.getByLabel("Threshold").fill("2");
		await page.getByRole("button", { name: "Create alert" }).click();
		await page.getByText("Must be from 0 to 1.").waitFor();
		await page.getByLabel("Threshold").fill("0,2");
		await page.getByRole("button", { name: "Create alert" }).click();
		const row = page.getByRole("row").filter({ hasText: "Too many errors" });
		await row.getByText("error ratio above 20% over 1 hour").waitFor();
	});

	it("a server that does not answer leaves what was typed, and the next try counts", async () => {
		await page.goto(`${base}/alerts/new`);
		await page.getByLabel("What is watched").selectOption("LATENCY_P95");
		await page.getByLabel("Name").fill("Too slow");
		await page.getByLabel("Fires when it").selectOption("ABOVE");
		await page.getByLabel("Threshold").fill("1,500");
		await page.route("**/alerts/new", (route) =>
			route.request().method() === "POST" ? route.abort() : route.continue(),
		);
		await page.getByRole("button", { name: "Create alert" }).click();
		await page.getByText("The server did not answer. Try again.").waitFor();
		expect(await page.getByLabel("Name").inputValue()).toBe("Too slow");
		// The browser's own word of it.
		expect(browser.complaints.splice(0)).toEqual([expect.stringContaining("ERR_FAILED")]);
		await page.unroute("**/alerts/new");
		await page.getByRole("button", { name: "Create alert" }).click();
		const row = page.getByRole("row").filter({ hasText: "Too slow" });
		await row.getByText("95th percentile of latency above 1,500 ms over 1 hour").waitFor();
	});

	it("a mute is begun and ended from the list", async () => {
		await page.getByRole("button", { name: "Mute Too many errors" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Mute" }).click();
		await page.getByText("muted", { exact: true }).waitFor();
		await page.getByRole("button", { name: "Tell of Too many errors again" }).click();
		await page.getByRole("button", { name: "Mute Too many errors" }).waitFor();
	});

	it("the test button shows what the receiver answered, good or bad, and the log keeps it", async () => {
		await page.getByRole("button", { name: "New webhook" }).click();
		await page.getByRole("dialog").getByLabel("URL").fill(receiver.url);
		await page.getByRole("dialog").getByLabel("Secret").fill("whsec");
		await page.getByRole("button", { name: "Add webhook" }).click();
		const test = page.getByRole("button", { name: `Test ${receiver.url}` });
		await test.click();
		await page.getByText("The receiver answered HTTP 500").waitFor();
		const heard = receiver.received.length;
		await test.dblclick();
		await page.getByText(/^HTTP 200 in \d+ ms$/).waitFor();
		await page.getByText("heard").waitFor();
		expect(receiver.received.length).toBe(heard + 1);
		await picture(page, "61-webhook-tested");
		await page.getByRole("link", { name: `Deliveries to ${receiver.url}` }).click();
		const log = page.getByRole("table", { name: "Deliveries" });
		await log.getByText("delivered").waitFor();
		await log.getByText("failed").waitFor();
		await picture(page, "62-deliveries");
	});

	it("a trigger's secret is shown once, with a command that signs a request the server takes for genuine", async () => {
		await page.goto(`${base}/triggers`);
		await page.getByLabel("Name").fill("nightly");
		await page.getByRole("button", { name: "Create trigger" }).click();
		await page.getByText("it is not shown again").waitFor();
		const command = (await page.locator("figure", { hasText: "Judge one trace" }).locator("code").textContent()) ?? "";
		expect(execFileSync("sh", ["-c", command]).toString("utf8")).toContain(
			'"statusUrl":"/api/v1/webhooks/evaluations/',
		);
		await picture(page, "63-trigger");
		await page.getByLabel("Name").fill(" ");
		await page.getByRole("button", { name: "Create trigger" }).click();
		await page.getByText("Some fields need another look.").waitFor();
		expect(await page.locator("figure", { hasText: "Secret" }).first().textContent()).toContain("swt_");
		await page.reload();
		await page.getByRole("row").filter({ hasText: "nightly" }).waitFor();
		expect(await page.getByText("swt_").count()).toBe(0);
	});

	it("fits a telephone", async () => {
		const phone = await browser.open({ width: 390, height: 800, colorScheme: "dark" });
		for (const path of ["alerts", "alerts/new", "triggers"]) {
			await phone.goto(`${base}/${path}`);
			await phone.getByRole("heading", { level: 1 }).waitFor();
			expect([path, await scrollsSideways(phone)]).toEqual([path, false]);
		}
		await picture(phone, "64-triggers-narrow");
		expect(browser.complaints).toEqual([]);
	});
});
