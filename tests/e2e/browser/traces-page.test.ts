import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launchBrowser, picture, scrollsSideways, type TestBrowser } from "@/tests/support/browser";
import { createJudgedProject, createProject } from "@/tests/support/judged-project";
import { llmSpan } from "@/tests/support/llm-span";
import { attributes } from "@/tests/support/otlp-request";
import { sendSpans } from "@/tests/support/rest-client";

const url = inject("appUrl");
const TRACES = 60;
const PAGE_TRACES = 50;
const HOSTILE = '<img src=x onerror="window.harmed = true"><script>window.harmed = true</script>';

let browser: TestBrowser;
let page: Page;
let list = "";

beforeAll(async () => {
	browser = await launchBrowser();
	page = await browser.open();
	const project = await createProject(url);
	list = `${url}/p/${project.id}/traces`;
	const start = BigInt(Date.now()) * 1_000_000n;
	const numbered = Array.from({ length: TRACES }, (_, index) =>
		llmSpan({
			name: `answer ${String(index).padStart(2, "0")}`,
			startTimeUnixNano: String(start + BigInt(index) * 1_000_000n),
			endTimeUnixNano: String(start + BigInt(index) * 1_000_000n + 5_000_000n),
			attributes: attributes({ input: index === 7 ? "Where is the Needle?" : "Where?", output: "Here." }),
		}),
	);
	await sendSpans(url, numbered, project.name);
});
afterAll(() => browser?.close());

const names = () =>
	page
		.getByRole("table", { name: /Traces/ })
		.locator("tbody a")
		.allTextContents();

describe("the list of traces", () => {
	it("shows the newest first and leads to older and back to newer ones", async () => {
		await page.goto(list);
		const first = await names();
		expect([first.length, first[0], first.at(-1)]).toEqual([PAGE_TRACES, "answer 59", "answer 10"]);
		await page.getByRole("link", { name: "Older" }).click();
		await page.getByRole("link", { name: "answer 09" }).waitFor();
		expect(await names()).toEqual(Array.from({ length: 10 }, (_, index) => `answer 0${9 - index}`));
		expect(await page.getByRole("link", { name: "Older" }).count()).toBe(0);
		await picture(page, "20-last-page");
		await page.getByRole("link", { name: "Newer" }).click();
		await page.getByRole("link", { name: "answer 59" }).waitFor();
		expect(await names()).toEqual(first);
	});

	it("finds text whatever its case, keeps the filter in the address, and says so when nothing fits", async () => {
		await page.goto(list);
		await page.getByRole("searchbox").fill("the nEEDLE");
		await page.getByRole("button", { name: "Find" }).click();
		await page.waitForURL(/q=the/);
		await page.getByRole("link", { name: "answer 07" }).waitFor();
		expect(await names()).toEqual(["answer 07"]);
		await page.reload();
		expect(await page.getByRole("searchbox").inputValue()).toBe("the nEEDLE");
		await page.getByRole("searchbox").fill("nowhere to be found");
		await page.keyboard.press("Enter");
		await page.getByRole("heading", { name: "No trace matches" }).waitFor();
		await picture(page, "21-no-match");
		await page.getByRole("link", { name: "Clear the filter" }).first().click();
		await page.getByRole("link", { name: "answer 59" }).waitFor();
	});

	it("takes a filter that a link can carry, and keeps what was typed when it cannot be read", async () => {
		await page.goto(list);
		const box = page.getByRole("textbox", { name: /^Filter/ });
		await box.fill('name in ("answer 07", "answer 31") and latency < 1s');
		await page.keyboard.press("Enter");
		await page.waitForURL(/filter=name/);
		await page.getByRole("link", { name: "answer 31" }).waitFor();
		expect(await names()).toEqual(["answer 31", "answer 07"]);
		await page.goto(page.url());
		expect(await names()).toEqual(["answer 31", "answer 07"]);

		await box.fill('nmae = "answer 07"');
		await page.keyboard.press("Enter");
		await page.getByText("Not applied: column 1: unknown field `nmae`: did you mean `name`?").waitFor();
		expect(await box.inputValue()).toBe('nmae = "answer 07"');
		expect(await names()).toHaveLength(PAGE_TRACES);
		await picture(page, "24-unread-filter");
		await page.goBack();
		await page.getByRole("link", { name: "answer 31" }).waitFor();
		expect(await box.inputValue()).toBe('name in ("answer 07", "answer 31") and latency < 1s');
	});

	it("is reached and a trace is opened and left with Tab, Enter and the arrow keys alone", async () => {
		await page.goto(list);
		const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
		for (let presses = 0; presses < 30 && (await focused()) !== "answer 59"; presses++)
			await page.keyboard.press("Tab");
		expect(await focused()).toBe("answer 59");
		await picture(page, "22-keyboard-focus");
		await page.keyboard.press("Enter");
		await page.getByRole("heading", { level: 1, name: "answer 59" }).waitFor();
		for (let presses = 0; presses < 30 && !(await focused()).startsWith("answer 59"); presses++) {
			await page.keyboard.press("Tab");
		}
		expect(await focused()).toMatch(/^answer 59/);
	});
});

describe("a trace full of HTML", () => {
	it("is shown as text, on the list and on its page, and nothing of it runs", async () => {
		const project = await createProject(url, `p ${Date.now()} ${HOSTILE}`.slice(0, 200));
		const hostile = llmSpan({
			name: HOSTILE,
			attributes: attributes({ input: HOSTILE, output: HOSTILE, [HOSTILE]: HOSTILE }),
			events: [{ name: HOSTILE, timeUnixNano: "1700000000000000000", attributes: attributes({ [HOSTILE]: HOSTILE }) }],
			status: { code: 2, message: HOSTILE },
		});
		await sendSpans(url, [hostile], project.name);
		await page.goto(`${url}/p/${project.id}/traces`);
		await page.getByRole("link", { name: HOSTILE, exact: true }).waitFor();
		await page.goto(`${url}/p/${project.id}/traces/${hostile.traceId}`);
		const input = page.getByRole("region", { name: "Input" });
		await input.waitFor();
		expect(await input.locator("pre").textContent()).toBe(HOSTILE);
		await picture(page, "23-hostile");
		await page.goto(`${url}/p/all/traces?q=${encodeURIComponent(HOSTILE)}`);
		await page.getByRole("link", { name: HOSTILE, exact: true }).waitFor();
		expect(await page.evaluate(() => "harmed" in window)).toBe(false);
		expect(await page.locator("img[src=x]").count()).toBe(0);
	});
});

describe("other ways to look", () => {
	const trace = llmSpan({
		name: "a-name-without-a-single-place-to-break-".repeat(6),
		attributes: attributes({ input: "word ".repeat(2000), output: "x".repeat(5000), [`key.${"k".repeat(300)}`]: "v" }),
	});

	it.each(["light", "dark"] as const)("%s follows the system and can be chosen", async (colorScheme) => {
		const visitor = await browser.open({ colorScheme });
		await visitor.goto(list);
		const canvas = () => visitor.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
		const followed = await canvas();
		await picture(visitor, `24-list-${colorScheme}`);
		await visitor.getByRole("button", { name: colorScheme === "dark" ? "Light" : "Dark" }).click();
		expect(await canvas()).not.toBe(followed);
		await visitor.reload();
		expect(await canvas()).not.toBe(followed);
		await visitor.getByRole("button", { name: "As the system" }).click();
		expect(await canvas()).toBe(followed);
		await visitor.context().close();
	});

	it("a narrow screen shows list, trace, rules, connections and projects without moving sideways", async () => {
		const { project } = await createJudgedProject(url, "http://127.0.0.1:9/v1", { matchValue: "never sent" });
		await sendSpans(url, [trace], project.name);
		const phone = await browser.open({ width: 360, height: 740, colorScheme: "dark" });
		const base = `${url}/p/${project.id}`;
		const paths = [url, `${base}/traces`, `${base}/traces/${trace.traceId}`, `${base}/rules`, `${base}/connections`];
		const sideways: string[] = [];
		for (const [index, path] of paths.entries()) {
			await phone.goto(path);
			await picture(phone, `25-narrow-${index}`);
			if (await scrollsSideways(phone)) sideways.push(path.replace(base, ""));
		}
		expect(sideways).toEqual([]);
		await phone.getByRole("button", { name: "Navigation" }).click();
		await phone.getByRole("link", { name: "Traces" }).click();
		await phone.waitForURL(`${base}/traces`);
		await phone.context().close();
	});

	it("tables on a small laptop have room for every heading", async () => {
		const { project } = await createJudgedProject(url, "http://127.0.0.1:9/v1", { matchValue: "never sent" });
		const laptop = await browser.open({ width: 1024, height: 700 });
		for (const section of ["rules", "connections", "traces"]) {
			await laptop.goto(`${url}/p/${section === "traces" ? "all" : project.id}/${section}`);
			await laptop.getByRole("table").waitFor();
			const cramped = await laptop.evaluate(() =>
				[...document.querySelectorAll<HTMLElement>("thead th:not(:has(.sr-only))")]
					.filter((heading) => {
						const text = document.createRange();
						text.selectNodeContents(heading);
						return (
							heading.checkVisibility() && text.getBoundingClientRect().right > heading.getBoundingClientRect().right
						);
					})
					.map((heading) => heading.textContent),
			);
			expect([section, cramped]).toEqual([section, []]);
		}
		await laptop.context().close();
	});

	it("every control has a name, and the page a title and one main heading", async () => {
		await page.goto(list);
		const silent = await page.evaluate(() =>
			[...document.querySelectorAll("button, a, input, select, textarea")]
				.filter((element) => {
					const labelled = element.getAttribute("aria-label") || element.getAttribute("aria-labelledby") || element.id;
					return !labelled && !element.textContent?.trim() && element.getAttribute("type") !== "hidden";
				})
				.map((element) => element.outerHTML.slice(0, 120)),
		);
		expect(silent).toEqual([]);
		expect(await page.locator("h1").count()).toBe(1);
		expect(await page.title()).toMatch(/Traces/);
	});
});

it("nothing on the way complained", () => {
	expect(browser.complaints).toEqual([]);
});
