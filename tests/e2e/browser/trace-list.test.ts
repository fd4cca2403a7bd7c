import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launchBrowser, picture, scrollsSideways, type TestBrowser } from "@/tests/support/browser";
import { createJudgedProject, createProject } from "@/tests/support/judged-project";
import { llmSpan } from "@/tests/support/llm-span";
import { attributes } from "@/tests/support/otlp-request";
import { mustCall, sendSpans } from "@/tests/support/rest-client";
import { untilAwake } from "@/tests/support/visit-page";

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
	const start = BigInt(Date.now() - 60_000) * 1_000_000n;
	const numbered = Array.from({ length: TRACES }, (_, index) =>
		llmSpan({
			name: `answer ${String(index).padStart(2, "0")}`,
			startTimeUnixNano: String(start + BigInt(index) * 1_000_000n),
			endTimeUnixNano: String(start + BigInt(index) * 1_000_000n + 5_000_000n),
			status: { code: index === 55 ? 2 : 1 },
			attributes: attributes({
				input: index === 7 ? "Where is the Needle?" : "Where?",
				output: "Here.",
				"user.id": index % 2 ? "odd" : "even",
			}),
		}),
	);
	await sendSpans(url, numbered, project.name);
});
afterAll(() => browser?.close());

const table = () => page.getByRole("table", { name: /Traces/ });
const names = () => table().locator("tbody a").allTextContents();
const heads = async () => (await table().locator("thead th button").allTextContents()).filter(Boolean);
const row = (name: string) =>
	table()
		.getByRole("row")
		.filter({ has: page.getByRole("link", { name, exact: true }) });
const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
const shows = (name: string) => page.getByRole("link", { name, exact: true }).waitFor();

describe("the list of traces", () => {
	it("shows the newest first and leads to older and back to newer ones", async () => {
		await page.goto(list);
		const first = await names();
		expect([first.length, first[0], first.at(-1)]).toEqual([PAGE_TRACES, "answer 59", "answer 10"]);
		await page.getByRole("link", { name: "Older" }).click();
		await shows("answer 09");
		expect(await names()).toEqual(Array.from({ length: 10 }, (_, index) => `answer 0${9 - index}`));
		expect(await page.getByRole("link", { name: "Older" }).count()).toBe(0);
		await picture(page, "20-last-page");
		await page.getByRole("link", { name: "Newer" }).click();
		await shows("answer 59");
		expect(await names()).toEqual(first);
	});

	it("is whole in the first HTML, without any script", async () => {
		const html = await (await fetch(list)).text();
		for (let index = TRACES - 1; index >= TRACES - PAGE_TRACES; index--) expect(html).toContain(`>answer ${index}<`);
	});

	it("finds text whatever its case, shows where it stands, and says what it looked through when nothing fits", async () => {
		await page.goto(list);
		await page.getByRole("searchbox").fill("the nEEDLE");
		await page.getByRole("button", { name: "Find" }).click();
		await page.waitForURL(/q=the/);
		await shows("answer 07");
		expect(await names()).toEqual(["answer 07"]);
		expect(await row("answer 07").locator("mark").first().textContent()).toBe("the Needle");
		await page.reload();
		expect(await page.getByRole("searchbox").inputValue()).toBe("the nEEDLE");
		await page.getByRole("searchbox").fill("nowhere to be found");
		await page.keyboard.press("Enter");
		await page.getByRole("heading", { name: "No trace matches" }).waitFor();
		await page.getByText("All time was looked through").waitFor();
		await picture(page, "21-no-match");
		await page.getByRole("link", { name: "Clear the filter" }).first().click();
		await shows("answer 59");
	});

	it("takes a filter that a link can carry, and keeps what was typed when it cannot be read", async () => {
		await page.goto(list);
		const box = page.getByRole("combobox", { name: /^Filter/ });
		await box.fill('name in ("answer 07", "answer 31") and latency < 1s');
		await page.keyboard.press("Escape");
		await page.keyboard.press("Enter");
		await page.waitForURL(/filter=name/);
		await shows("answer 31");
		expect(await names()).toEqual(["answer 31", "answer 07"]);
		const shared = await browser.open();
		await shared.goto(page.url());
		expect(await shared.getByRole("table").locator("tbody a").allTextContents()).toEqual(["answer 31", "answer 07"]);
		await shared.context().close();

		await box.fill('nmae = "answer 07"');
		await page.getByRole("button", { name: "Find" }).click();
		await page.getByText("unknown field `nmae`: did you mean `name`?").waitFor();
		expect(await box.inputValue()).toBe('nmae = "answer 07"');
		await shows("answer 59");
		expect(await names()).toHaveLength(PAGE_TRACES);
		await picture(page, "24-unread-filter");
		await page.goBack();
		await row("answer 07").waitFor();
		expect(await box.inputValue()).toBe('name in ("answer 07", "answer 31") and latency < 1s');
		await page.getByRole("link", { name: /^Remove name in/ }).click();
		await shows("answer 59");
		expect(await box.inputValue()).toBe("latency < 1000ms");
	});

	it("every cell filters by what it says, and excludes it", async () => {
		await page.goto(list);
		const userOf = (name: string) => row(name).getByRole("button", { name: "User: filter or copy" });
		await row("answer 58").hover();
		await userOf("answer 58").click();
		await page.getByRole("menuitem", { name: "Filter by even" }).click();
		await page.waitForURL(/filter=user/);
		await row("answer 57").waitFor({ state: "detached" });
		expect(await names()).toHaveLength(TRACES / 2);
		await page.getByRole("link", { name: 'Remove user = "even"' }).click();
		await shows("answer 57");
		await row("answer 58").hover();
		await userOf("answer 58").click();
		await page.getByRole("menuitem", { name: "Exclude even" }).click();
		await row("answer 58").waitFor({ state: "detached" });
		expect(await names()).toHaveLength(TRACES / 2);
	});

	it("covers the time that is chosen, and offers a longer one when nothing is in it", async () => {
		await page.goto(list);
		await page.getByRole("button", { name: "Last 24 hours" }).click();
		await page.getByRole("link", { name: "Last 15 minutes" }).click();
		await page.waitForURL(/range=15m/);
		await shows("answer 59");
		await page.goto(`${list}?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z`);
		await page.getByRole("heading", { name: "No traces in the chosen time" }).waitFor();
		await page.getByRole("link", { name: "Look in all time" }).click();
		await shows("answer 59");
	});
});

describe("a live list", () => {
	const started = (name: string, agoMs: number) => {
		const start = BigInt(Date.now() - agoMs) * 1_000_000n;
		return llmSpan({ name, startTimeUnixNano: String(start), endTimeUnixNano: String(start + 1_000_000n) });
	};

	it("shows what arrives, waits while somebody reads further down, and goes on when asked", async () => {
		const project = await createProject(url);
		const old = Array.from({ length: 45 }, (_, index) => started(`old ${index}`, 60_000 + index * 1000));
		await sendSpans(url, old, project.name);
		await page.goto(`${url}/p/${project.id}/traces`);
		await shows("old 0");
		await sendSpans(url, [started("fresh", 2000)], project.name);
		await shows("fresh");
		const rows = page.locator("[data-scroller]");
		await rows.evaluate((scroller) => scroller.scrollTo({ top: 400 }));
		await page.getByText("Paused while you read").waitFor();
		await sendSpans(url, [started("fresher", 1000)], project.name);
		await page.waitForTimeout(3000);
		expect(await page.getByRole("link", { name: "fresher", exact: true }).count()).toBe(0);
		await page.getByRole("button", { name: "Resume" }).click();
		await shows("fresher");
		expect(await rows.evaluate((scroller) => scroller.scrollTop)).toBe(0);
	});

	it("leaves an open menu where it is when rows come above", async () => {
		const project = await createProject(url);
		await sendSpans(url, [started("the cell", 60_000)], project.name);
		await page.goto(`${url}/p/${project.id}/traces`);
		await row("the cell").hover();
		await row("the cell").getByRole("button", { name: "Trace: filter or copy" }).click();
		const item = page.getByRole("menuitem", { name: "Filter by the cell" });
		await item.waitFor();
		const [cell, place] = [await row("the cell").boundingBox(), await item.boundingBox()];
		await sendSpans(url, [started("above", 1000)], project.name);
		await row("above").waitFor();
		expect((await row("the cell").boundingBox())?.y).toBeGreaterThan(cell?.y ?? 0);
		expect((await item.boundingBox())?.y).toBe(place?.y);
		await item.click();
		await page.waitForURL(/filter=name/);
	});
});

describe("the values beside the rows", () => {
	it("say how many traces have each, are asked for with a click and excluded with Alt, and can be folded away", async () => {
		await page.goto(list);
		const values = page.getByRole("complementary", { name: "Values to filter by" });
		const value = (name: RegExp) => values.getByRole("link", { name });
		// On a screen of this width the columns come first, until somebody wants the values.
		expect(await values.isVisible()).toBe(false);
		await page.setViewportSize({ width: 1440, height: 800 });
		await values.waitFor();
		await page.setViewportSize({ width: 1280, height: 800 });
		await page.getByRole("button", { name: "Show values to filter by" }).click();
		await values.getByText(`Counted over ${TRACES} spans`).waitFor();
		expect(await value(/^odd/).textContent()).toContain(String(TRACES / 2));
		await value(/^odd/).click();
		await page.waitForURL(/filter=user/);
		await row("answer 58").waitFor({ state: "detached" });
		expect(await names()).toHaveLength(TRACES / 2);
		await value(/^odd.*asked for/).click();
		await row("answer 58").waitFor();
		await value(/^odd/).click({ modifiers: ["Alt"] });
		await row("answer 59").waitFor({ state: "detached" });
		expect(await page.getByRole("combobox", { name: /^Filter/ }).inputValue()).toBe('not user = "odd"');
		await picture(page, "29-values");
		await values.getByRole("button", { name: "Hide the values" }).click();
		await page.reload();
		expect(await values.isVisible()).toBe(false);
		await page.getByRole("button", { name: "Show values to filter by" }).click();
		await values.waitFor();
	});
});

describe("columns", () => {
	it("are hidden, moved and widened with the keyboard alone, and stay so, from the first HTML on", async () => {
		const reader = await browser.open();
		await reader.goto(list);
		const head = (name: string) =>
			reader.getByRole("columnheader", { name, exact: false }).getByRole("button", { name });
		await head("Output").press("Enter");
		await reader.getByRole("menuitem", { name: "Hide" }).press("Enter");
		await head("Output").waitFor({ state: "detached" });
		await head("Duration").press("Enter");
		await reader.getByRole("menuitem", { name: "Move left" }).press("Enter");
		const edge = reader.getByRole("separator", { name: "Width of Trace" });
		const before = Number(await edge.getAttribute("aria-valuenow"));
		await edge.focus();
		for (let presses = 0; presses < 4; presses++) await reader.keyboard.press("ArrowRight");
		expect(Number(await edge.getAttribute("aria-valuenow"))).toBeGreaterThan(before + 40);
		await reader.getByRole("button", { name: "Columns" }).click();
		await reader.getByRole("menuitemcheckbox", { name: "Release" }).click();
		await reader.keyboard.press("Escape");
		await head("Release").waitFor();
		const chosen = await reader.locator("thead th button").allTextContents();
		await reader.reload();
		expect(await reader.locator("thead th button").allTextContents()).toEqual(chosen);
		expect(chosen.indexOf("Duration")).toBe(chosen.indexOf("Evaluations") - 1);
		expect(chosen).not.toContain("Output");
		expect(Number(await edge.getAttribute("aria-valuenow"))).toBeGreaterThan(before + 40);
		const cookie = (await reader.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
		const html = await (await fetch(list, { headers: { Cookie: cookie } })).text();
		expect(html).not.toContain(">Output</button>");
		await picture(reader, "26-columns");
		await reader.context().close();
	});

	it("are dragged by their edge and put before another by their name", async () => {
		await page.goto(list);
		const before = await heads();
		const edge = page.getByRole("separator", { name: "Width of Trace" });
		const box = await edge.boundingBox();
		if (!box) throw new Error("the edge is not on the page");
		await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
		await page.mouse.down();
		await page.mouse.move(box.x + 90, box.y + box.height / 2, { steps: 4 });
		await page.mouse.up();
		expect(Number(await edge.getAttribute("aria-valuenow"))).toBeGreaterThan(240);
		const head = (name: string) => table().getByRole("button", { name, exact: true });
		await head("Start").dragTo(head("Evaluations"));
		expect((await heads()).indexOf("Start")).toBeGreaterThan(before.indexOf("Start"));
		await page.getByRole("button", { name: "Columns" }).click();
		await page.getByRole("menuitem", { name: "Usual columns" }).click();
		expect(await heads()).toEqual(before);
	});
});

describe("selected rows", () => {
	it("are a range with Shift, and are saved as a file that holds them and nothing else", async () => {
		await page.goto(`${list}?live=off`);
		await row("answer 58").getByRole("checkbox").click();
		await row("answer 55")
			.getByRole("checkbox")
			.click({ modifiers: ["Shift"] });
		const bar = page.getByRole("toolbar", { name: "Selected traces" });
		await bar.getByText("4 traces selected").waitFor();
		await picture(page, "27-selected");
		const [download] = await Promise.all([
			page.waitForEvent("download"),
			bar.getByRole("link", { name: "Export JSON" }).click(),
		]);
		const saved = JSON.parse(readFileSync(await download.path(), "utf8")) as { name: string; status: string }[];
		expect(saved.map(({ name }) => name)).toEqual(["answer 58", "answer 57", "answer 56", "answer 55"]);
		expect(saved.at(-1)?.status).toBe("error");
		await page.keyboard.press("Escape");
		await bar.waitFor({ state: "detached" });
	});
});

describe("selected rows of a project with rules", () => {
	it("are judged by a rule that is chosen, and deleted for good after a question", async () => {
		const { project, rule } = await createJudgedProject(url, "http://127.0.0.1:9/v1", { matchValue: "never sent" });
		await sendSpans(url, [llmSpan({ name: "kept" }), llmSpan({ name: "gone" })], project.name);
		await page.goto(`${url}/p/${project.id}/traces?live=off`);
		await row("gone").getByRole("checkbox").click();
		const bar = page.getByRole("toolbar", { name: "Selected traces" });
		await bar.getByRole("button", { name: "Evaluate" }).click();
		const dialog = page.getByRole("dialog", { name: "Evaluate 1 trace" });
		await dialog.getByLabel("Rule").selectOption(rule.id);
		await dialog.getByRole("button", { name: "Evaluate now" }).click();
		await bar.getByText("Evaluations are under way").waitFor();
		const path = `/api/v1/projects/${project.id}/trace-eval-rules/${rule.id}/backfills`;
		expect(await mustCall<unknown[]>(url, path)).toHaveLength(1);
		await bar.getByRole("button", { name: "Delete" }).click();
		await page.getByRole("alertdialog", { name: "Delete 1 trace?" }).getByRole("button", { name: "Delete" }).click();
		await page.getByRole("alertdialog").waitFor({ state: "detached" });
		await row("gone").waitFor({ state: "detached" });
		await page.reload();
		expect(await names()).toEqual(["kept"]);
	});
});

describe("saved views", () => {
	it("bring back filter, time and columns by their name, for everybody, until they are deleted", async () => {
		await page.goto(`${list}?filter=${encodeURIComponent("status = error")}&range=7d&cols=name:300,cost`);
		await page.getByRole("button", { name: "Views" }).click();
		await page.getByLabel("Save this list as").fill("Failing");
		await page.getByRole("button", { name: "Save view" }).click();
		await page.getByRole("link", { name: "Failing", exact: true }).waitFor();
		await picture(page, "28-views");
		const other = await browser.open();
		await other.goto(list);
		await other.getByRole("button", { name: "Views" }).click();
		await other.getByRole("link", { name: "Failing", exact: true }).click();
		await other.waitForURL(/status/);
		await other.getByRole("button", { name: "Failing" }).waitFor();
		expect(await other.getByRole("table").locator("tbody a").allTextContents()).toEqual(["answer 55"]);
		expect(await other.locator("thead th button").allTextContents()).toEqual(["Trace", "Cost", ""]);
		await other.getByRole("button", { name: "Failing" }).click();
		await other.getByRole("button", { name: "Delete Failing" }).click();
		await other.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
		await other.getByText("No view is saved yet").waitFor();
		await other.context().close();
	});
});

describe("the keyboard alone", () => {
	it("walks the rows, selects one, finds the failing trace and opens it", async () => {
		await page.goto(`${list}?live=off`);
		await untilAwake(page);
		await page.keyboard.press("j");
		expect(await focused()).toBe("answer 59");
		await page.keyboard.press("j");
		await page.keyboard.press("ArrowDown");
		await page.keyboard.press("k");
		expect(await focused()).toBe("answer 58");
		await page.keyboard.press("Space");
		await page.getByText("1 trace selected").waitFor();
		await page.keyboard.press("Escape");
		await page.keyboard.press("/");
		await page.keyboard.type("status = error ");
		await page.keyboard.press("Enter");
		await page.waitForURL(/status/);
		await row("answer 58").waitFor({ state: "detached" });
		await page.evaluate(() => (document.activeElement as HTMLElement).blur());
		await page.keyboard.press("j");
		expect(await focused()).toBe("answer 55");
		await picture(page, "22-keyboard-focus");
		await page.keyboard.press("Enter");
		const drawer = page.getByRole("complementary", { name: "Trace in the drawer" });
		await drawer.getByRole("heading", { name: "answer 55" }).first().waitFor();
		expect(page.url()).toContain("peek=");
		await picture(page, "30-drawer");
		await page.keyboard.press("Escape");
		await drawer.waitFor({ state: "detached" });
	});

	it("goes down the list while the drawer follows", async () => {
		await page.goto(`${list}?live=off`);
		await page.getByRole("link", { name: "answer 59", exact: true }).click();
		const drawer = page.getByRole("complementary", { name: "Trace in the drawer" });
		await drawer.getByRole("heading", { name: "answer 59" }).first().waitFor();
		await page.keyboard.press("j");
		await drawer.getByRole("heading", { name: "answer 58" }).first().waitFor();
		await page.reload();
		await drawer.getByRole("heading", { name: "answer 58" }).first().waitFor();
	});
});

describe("the same filter over spans, sessions and users", () => {
	it("lists them in the same table, and leads from each to its traces", async () => {
		const project = await createProject(url);
		const said = (name: string, session: string, user: string) =>
			llmSpan({
				name,
				attributes: attributes({ input: name, output: "Yes.", "session.id": session, "user.id": user }),
			});
		await sendSpans(url, [said("first", "a/b c", "ann")], project.name);
		await sendSpans(url, [said("second", "a/b c", "ann"), said("third", "other", "bob")], project.name);
		const base = `${url}/p/${project.id}`;
		const shown = () => page.getByRole("table").locator("tbody a").allTextContents();
		await page.goto(`${base}/traces?filter=${encodeURIComponent('user = "ann"')}`);
		await page.getByRole("link", { name: "Spans", exact: true }).click();
		await page.waitForURL(/\/spans\?filter/);
		await page.getByRole("table", { name: /Spans/ }).waitFor();
		expect((await shown()).sort()).toEqual(["first", "second"]);
		await page.getByRole("link", { name: "Sessions", exact: true }).click();
		await page.getByRole("table", { name: /Sessions/ }).waitFor();
		expect(await shown()).toEqual(["a/b c"]);
		await picture(page, "31-sessions");
		await page.getByRole("link", { name: "a/b c", exact: true }).click();
		await page.getByRole("list", { name: "Traces of the session" }).waitFor();
		expect(await page.getByRole("article").getByRole("link").allTextContents()).toEqual(["first", "second"]);
		await picture(page, "32-session");
		await page.goto(`${base}/users`);
		expect((await shown()).sort()).toEqual(["ann", "bob"]);
		await page.getByRole("link", { name: "bob", exact: true }).click();
		await page.waitForURL(/\/traces\?filter=user/);
		await page.getByRole("table", { name: /Traces/ }).waitFor();
		expect(await shown()).toEqual(["third"]);
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
						text.selectNodeContents(heading.querySelector("button") ?? heading);
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
					const labels = element instanceof HTMLInputElement ? (element.labels?.length ?? 0) : 0;
					const isHidden = element.getAttribute("type") === "hidden";
					return !labelled && labels === 0 && !element.textContent?.trim() && !isHidden;
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
