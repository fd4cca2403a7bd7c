import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launchBrowser, picture, scrollsSideways, type TestBrowser } from "@/tests/support/browser";
import { createProject } from "@/tests/support/judged-project";
import { llmSpan } from "@/tests/support/llm-span";
import { mustCall, sendSpans } from "@/tests/support/rest-client";
import { travelAgent } from "@/tests/support/travel-agent";
import { untilAwake } from "@/tests/support/visit-page";

const url = inject("appUrl");
const MANY_SPANS = 3_000;

let browser: TestBrowser;
let page: Page;
let project: { id: string; name: string };
const { traceId, spans } = travelAgent();
const idOf = (name: string) => spans.find((span) => span.name === name)?.spanId ?? "";

beforeAll(async () => {
	browser = await launchBrowser();
	page = await browser.open();
	project = await createProject(url);
	await sendSpans(url, spans, project.name);
});
afterAll(() => browser?.close());

const list = () => `${url}/p/${project.id}/traces`;
const trace = () => `${list()}/${traceId}`;
const tree = (on: Page = page) => on.getByRole("navigation", { name: "Spans of the trace" });
const transcript = (on: Page = page) => on.getByRole("navigation", { name: "Transcript of the trace" });
const detail = (on: Page = page) => on.getByRole("region", { name: "Selected span" });
const heading = (name: string, on: Page = page) => detail(on).getByRole("heading", { level: 2, name }).waitFor();

describe("the header of a trace", () => {
	it("says how long it took, who was at work, and what input and output cost", async () => {
		await page.goto(trace());
		const facts = await page.locator("header dl").first().textContent();
		for (const words of ["6.00 s", "model 4.19 s", "tools 900 ms", "wait 910 ms", "10 spans"])
			expect(facts).toContain(words);
		expect(await page.getByTitle(/Cost in US dollars: .* input, .* output/).count()).toBe(1);
	});
});

describe("the tree", () => {
	it("is walked with keys alone: rows, folds, siblings, the next error, the slowest, and what is found", async () => {
		await page.goto(trace());
		await untilAwake(page);
		await page.keyboard.press("j");
		await heading("chat gpt-4o");
		await page.keyboard.press("x");
		await heading("execute_tool book_hotel");
		expect(page.url()).toContain(idOf("execute_tool book_hotel"));
		await page.keyboard.press("[");
		await heading("chat gpt-4o");
		await page.keyboard.press("ArrowLeft");
		await heading("invoke_agent travel");
		await page.keyboard.press("ArrowLeft");
		await page.waitForFunction(() => document.querySelectorAll("a[data-span]").length === 1);
		await page.keyboard.press("ArrowRight");
		await tree()
			.getByRole("link", { name: /pricing/ })
			.waitFor();
		await page.keyboard.press("Control+f");
		await page.keyboard.type("weather");
		await page.keyboard.press("Enter");
		await heading("execute_tool get_weather");
		expect(await tree().locator("a[data-span]").count()).toBe(2);
		await page.keyboard.press("Escape");
		await tree()
			.getByRole("link", { name: /pricing/ })
			.waitFor();
		await picture(page, "50-tree");
	});

	it("keeps the focus on the chosen row while keys move it", async () => {
		await page.goto(trace());
		await tree()
			.getByRole("link", { name: /^invoke_agent travel/ })
			.focus();
		await untilAwake(page);
		await page.keyboard.press("j");
		await page.keyboard.press("j");
		await heading("execute_tool get_weather");
		await page.waitForFunction(() => document.activeElement?.getAttribute("aria-current") === "true");
	});

	it("has a row for a parent that has not arrived, above those that name it", async () => {
		const orphan = llmSpan({ parentSpanId: "00000000000000aa" });
		await sendSpans(url, [orphan], project.name);
		await page.goto(`${list()}/${orphan.traceId}`);
		await tree().getByText("Parent not received").waitFor();
		await heading("llm.generate");
	});

	it("of thousands of spans draws those in sight and reaches the last", async () => {
		const root = llmSpan({ name: "root" });
		const start = BigInt(root.startTimeUnixNano ?? 0);
		const children = Array.from({ length: MANY_SPANS - 1 }, (_, index) =>
			llmSpan({
				traceId: root.traceId,
				parentSpanId: root.spanId,
				name: `step ${index + 1}`,
				startTimeUnixNano: String(start + BigInt(index + 1)),
			}),
		);
		await sendSpans(url, [root, ...children], project.name);
		await page.goto(`${list()}/${root.traceId}`);
		await heading("root");
		const last = tree().getByRole("link", { name: new RegExp(`^step ${MANY_SPANS - 1}\\b`) });
		for (let tries = 0; tries < 50 && (await last.count()) === 0; tries++) {
			await tree().evaluate((element) => element.scrollTo(0, element.scrollHeight));
			await page.waitForTimeout(100);
		}
		await last.click();
		await heading(`step ${MANY_SPANS - 1}`);
		expect(await tree().locator("a[data-span]").count()).toBeLessThan(100);
		await page.reload();
		await heading(`step ${MANY_SPANS - 1}`);
		await last.waitFor();
	});
});

describe("the transcript", () => {
	it("tells each thing once: what is new in a call, tools with their results, inner agents folded", async () => {
		await page.goto(`${trace()}?view=transcript`);
		await transcript().getByText("Where should I go in May?").waitFor();
		expect(await transcript().getByText("Where should I go in May?").count()).toBe(1);
		expect(await transcript().getByRole("article", { name: "Tool get_weather", exact: true }).textContent()).toContain(
			"of get_weather",
		);
		await transcript().getByText("the hotel did not answer").first().waitFor();
		await transcript().getByText("Go to Lisbon.").waitFor();
		expect(await transcript().getByText("changed", { exact: true }).count()).toBe(1);
		expect(await transcript().getByText("Fares begin at $180.").count()).toBe(0);
		await transcript().getByText("From $180").waitFor();
		await transcript()
			.getByRole("button", { name: /^invoke_agent pricing/ })
			.click();
		await transcript().getByText("Fares begin at $180.").waitFor();
		await transcript().getByRole("button", { name: "+2 earlier" }).first().click();
		await transcript().getByText("Where should I go in May?").nth(1).waitFor();
		await picture(page, "51-transcript");
	});

	it("and the other views keep the chosen span, and the address says which is shown", async () => {
		await page.goto(`${trace()}?span=${idOf("execute_tool book_hotel")}`);
		await page.keyboard.press("t");
		await transcript().locator('a[aria-current="true"]').waitFor();
		expect(page.url()).toContain("view=transcript");
		await page.keyboard.press("t");
		const raw = page.getByRole("navigation", { name: "Spans as they were reported" });
		await raw.getByText('"the hotel did not answer"').waitFor();
		await picture(page, "52-raw");
		await page.reload();
		await heading("execute_tool book_hotel");
		await raw.waitFor();
	});
});

describe("the drawer", () => {
	it("opens by its address over the list, closes with Escape, and leads to the page", async () => {
		await page.goto(`${list()}?peek=${traceId}&span=${idOf("execute_tool book_hotel")}`);
		const drawer = page.getByRole("complementary", { name: "Trace in the drawer" });
		await heading("execute_tool book_hotel");
		await picture(page, "53-drawer");
		await page.keyboard.press("x");
		await page.keyboard.press("Escape");
		await drawer.waitFor({ state: "detached" });
		expect(page.url()).toBe(list());
		await page.goBack();
		await heading("execute_tool book_hotel");
		await drawer.getByRole("link", { name: "Open the whole page" }).click();
		await page.getByRole("heading", { level: 1, name: "invoke_agent travel" }).waitFor();
	});

	it("says that a trace is gone without taking the list away", async () => {
		await page.goto(`${list()}?peek=${"0".repeat(32)}`);
		await page.getByRole("heading", { name: "No such trace" }).waitFor();
		await page.getByRole("link", { name: "invoke_agent travel" }).waitFor();
	});
});

describe("feedback", () => {
	it("is given and taken back with keys, on the trace and on a span, and REST tells it", async () => {
		await page.goto(trace());
		await heading("invoke_agent travel");
		const about = (subject: string) => page.getByRole("region", { name: `Feedback on the ${subject}` });
		await page.keyboard.press("+");
		await about("trace").getByRole("button", { name: "Thumbs up for the trace", pressed: true }).waitFor();
		await page.keyboard.press("x");
		await heading("execute_tool book_hotel");
		await page.keyboard.press("n");
		await page.getByRole("textbox", { name: "New note" }).fill("The hotel never answers.");
		await page.keyboard.press("Control+Enter");
		await page.getByRole("listitem").filter({ hasText: "The hotel never answers." }).waitFor();
		await picture(page, "54-feedback");
		await page.keyboard.press("Escape");
		await page.getByRole("textbox", { name: "New note" }).waitFor({ state: "detached" });
		await page.keyboard.press("-");
		await about("span").getByRole("button", { name: "Thumbs down for the span", pressed: true }).waitFor();
		type Told = { spanId: string; thumb: string | null; note: string | null };
		const told: Told[] = await mustCall(url, `/api/v1/traces/${traceId}/feedback?projectId=${project.id}`);
		expect(told.map(({ spanId, thumb, note }) => [spanId, thumb ?? note])).toEqual([
			["", "UP"],
			[idOf("execute_tool book_hotel"), "The hotel never answers."],
			[idOf("execute_tool book_hotel"), "DOWN"],
		]);
		await page.keyboard.press("-");
		await about("span").getByRole("button", { name: "Thumbs down for the span", pressed: false }).waitFor();
	});
});

describe("two traces side by side", () => {
	it("stand with the spans they share, and what differs is said", async () => {
		const other = travelAgent();
		await sendSpans(
			url,
			other.spans.filter(({ name }) => name !== "execute_tool book_hotel"),
			project.name,
		);
		await page.goto(trace());
		await page.getByRole("link", { name: "Compare with another trace" }).click();
		await page.getByRole("link", { name: new RegExp(other.traceId.slice(0, 8)) }).click();
		await page.getByRole("heading", { level: 1, name: "Compare traces" }).waitFor();
		expect(page.url()).toContain(`a=${traceId}&b=${other.traceId}`);
		const rows = page.getByRole("table", { name: "Spans of the two traces" }).getByRole("row");
		expect(await rows.filter({ hasText: "book_hotel" }).textContent()).toContain("only in A");
		expect(await rows.filter({ hasText: "only in" }).count()).toBe(1);
		expect(await page.getByRole("row", { name: /^Failed spans/ }).textContent()).toContain("10");
		await picture(page, "56-compare");
	});
});

it("another project cannot read rows, content or version of a trace", async () => {
	const other = await createProject(url);
	for (const [part, query] of [
		["skeleton", ""],
		["bodies", `?span=${idOf("chat gpt-4o")}`],
		["version", ""],
	]) {
		expect((await fetch(`${trace()}/${part}${query}`)).status).toBe(200);
		expect((await fetch(`${url}/p/${other.id}/traces/${traceId}/${part}${query}`)).status).toBe(404);
	}
});

it("a trace that grows shows what came without being loaded again", async () => {
	const root = llmSpan({ name: "slow root", endTimeUnixNano: undefined });
	await sendSpans(url, [root], project.name);
	await page.goto(`${list()}/${root.traceId}`);
	await heading("slow root");
	await page.evaluate(() => document.body.setAttribute("data-marked", "before"));
	await sendSpans(
		url,
		[llmSpan({ traceId: root.traceId, parentSpanId: root.spanId, name: "late child" })],
		project.name,
	);
	await tree()
		.getByRole("link", { name: /late child/ })
		.waitFor();
	expect(await page.locator("body").getAttribute("data-marked")).toBe("before");
});

describe("other ways to read a trace", () => {
	it("without JavaScript there are the header, the tree as links, and the chosen span", async () => {
		const plain = await browser.open({ javaScript: false });
		await plain.goto(trace());
		await tree(plain)
			.getByRole("link", { name: /book_hotel/ })
			.click();
		await plain.getByRole("heading", { level: 2, name: "execute_tool book_hotel" }).waitFor();
		expect(await detail(plain).textContent()).toContain("the hotel did not answer");
		await plain.getByRole("link", { name: "Transcript" }).click();
		await transcript(plain).getByText("Go to Lisbon.").waitFor();
		await plain.context().close();
	});

	it("a phone shows tree, transcript and drawer without moving sideways", async () => {
		const phone = await browser.open({ width: 390, height: 800, colorScheme: "dark" });
		const sideways: string[] = [];
		for (const path of [trace(), `${trace()}?view=transcript`, `${list()}?peek=${traceId}`]) {
			await phone.goto(path);
			await detail(phone).waitFor();
			await picture(phone, `55-phone-${sideways.length}`);
			if (await scrollsSideways(phone)) sideways.push(path);
		}
		expect(sideways).toEqual([]);
		await phone.context().close();
	});
});

it("nothing on the way complained", () => {
	expect(browser.complaints).toEqual([]);
});
