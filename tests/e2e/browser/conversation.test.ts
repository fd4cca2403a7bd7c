import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launchBrowser, picture, scrollsSideways, type TestBrowser } from "@/tests/support/browser";
import { createProject } from "@/tests/support/judged-project";
import { type LlmSpan, llmSpan } from "@/tests/support/llm-span";
import { attributes } from "@/tests/support/otlp-request";
import { sendSpans } from "@/tests/support/rest-client";

const url = inject("appUrl");
const HOSTILE = '<img src=x onerror="window.harmed = true"><script>window.harmed = true</script>';
/** One pixel. */
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

let browser: TestBrowser;
let page: Page;
let pictures: Server;
let pictureHost = "";
let asked: string[] = [];
let project: { id: string; name: string };

beforeAll(async () => {
	pictures = createServer((request, response) => {
		asked.push(`${request.url} ${request.headers.referer ?? "no referrer"}`);
		response.setHeader("Content-Type", "image/png").end(Buffer.from(PNG, "base64"));
	});
	await new Promise<void>((resolve) => pictures.listen(0, "127.0.0.1", resolve));
	pictureHost = `127.0.0.1:${(pictures.address() as AddressInfo).port}`;
	browser = await launchBrowser();
	page = await browser.open();
	project = await createProject(url);
});
afterAll(async () => {
	await browser?.close();
	pictures?.close();
});

function chatSpan(input: unknown[], output: unknown[], more: Record<string, string | number> = {}): LlmSpan {
	return llmSpan({
		name: "chat gpt-4o",
		attributes: attributes({
			"gen_ai.operation.name": "chat",
			"gen_ai.provider.name": "openai",
			"gen_ai.request.model": "gpt-4o",
			"gen_ai.response.model": "gpt-4o-2024-08-06",
			"gen_ai.input.messages": JSON.stringify(input),
			"gen_ai.output.messages": JSON.stringify(output),
			...more,
		}),
	});
}

const say = (role: string, ...parts: object[]) => ({ role, parts });
const text = (content: string) => ({ type: "text", content });

async function open(span: LlmSpan, on: Page = page): Promise<void> {
	await sendSpans(url, [span], project.name);
	await on.goto(`${url}/p/${project.id}/traces/${span.traceId}`);
	await on.getByRole("region", { name: "Conversation" }).waitFor();
}

const conversation = () => page.getByRole("region", { name: "Conversation" });

describe("a conversation", () => {
	it("scrolls in its own pane: the page itself never outgrows the window", async () => {
		const long = Array.from({ length: 60 }, (_, index) => say(index % 2 ? "assistant" : "user", text(`Turn ${index}`)));
		await open(chatSpan(long, [say("assistant", text("The end"))]));
		const outgrown = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
		expect(outgrown).toBe(0);
	});

	it("shows roles, text, folded reasoning, and each tool call with its result as one card", async () => {
		const span = chatSpan(
			[
				say("system", text("Be brief.")),
				say("user", text("Weather in Paris?")),
				say(
					"assistant",
					{ type: "reasoning", content: "A tool knows." },
					{ type: "tool_call", id: "call_1", name: "get_weather", arguments: { city: "Paris" } },
				),
				say("tool", { type: "tool_call_response", id: "call_1", response: { temp_f: 57 } }),
			],
			[{ ...say("assistant", text("Rainy, 57F.")), finish_reason: "stop" }],
		);
		await open(span);
		const roles = await conversation().getByRole("article").getByRole("heading", { level: 4 }).allTextContents();
		expect(roles).toEqual(["system", "user", "assistant", "assistant"]);
		const cards = conversation().getByRole("article", { name: /^Tool / });
		expect(await cards.count()).toBe(1);
		const card = await cards.first().textContent();
		expect(card).toContain("get_weather");
		expect(card).toContain('"city": "Paris"');
		expect(card).toContain('"temp_f": 57');
		const reasoning = conversation().getByText("A tool knows.");
		expect(await reasoning.isVisible()).toBe(false);
		await conversation().getByText("Reasoning", { exact: true }).click();
		await reasoning.waitFor();
		await picture(page, "40-conversation");
	});

	it("says where it comes from, and has the raw text one click away", async () => {
		const span = chatSpan([say("user", text("Weather in Paris?"))], [say("assistant", text("Rainy."))]);
		await open(span);
		await conversation().getByText("from gen_ai.input.messages").waitFor();
		await conversation().getByText("from gen_ai.output.messages").waitFor();
		const detail = page.getByRole("region", { name: "Selected span" });
		await detail.getByText("from gen_ai.response.model", { exact: true }).waitFor();
		const raw = detail.locator("details").filter({ has: page.getByRole("heading", { name: "Raw input" }) });
		expect(await raw.locator("pre").isVisible()).toBe(false);
		await raw.locator("summary").click();
		expect(await raw.locator("pre").textContent()).toContain('"content": "Weather in Paris?"');
	});

	it("shows tokens and cost of the span, in the header and on the list", async () => {
		const span = chatSpan([say("user", text("Price?"))], [say("assistant", text("Low."))], {
			"gen_ai.usage.input_tokens": 120,
			"gen_ai.usage.output_tokens": 30,
			"gen_ai.usage.cache_read.input_tokens": 64,
		});
		await open(span);
		const detail = page.getByRole("region", { name: "Selected span" });
		const facts = await detail.locator("dl").textContent();
		expect(facts).toContain("120 → 30");
		expect(facts).toContain("64 read from cache");
		// gpt-4o: $2.50 per million input tokens, half of it for cached ones, $10 for output.
		expect(facts).toContain("$0.00052");
		expect(facts).toContain("genai-prices");
		const header = await page.locator("header dl").first().textContent();
		expect(header).toContain("120 → 30 tokens");
		expect(header).toContain("$0.00052");
		const wide = await browser.open({ width: 1440, height: 800 });
		await wide.goto(`${url}/p/${project.id}/traces`);
		const row = wide.getByRole("row").filter({ has: wide.locator(`a[href$="${span.traceId}"]`) });
		expect(await row.textContent()).toContain("$0.00052");
		await wide.context().close();
	});
});

describe("traced text", () => {
	it("is text in every part of a conversation, and nothing of it runs", async () => {
		const span = chatSpan(
			[
				say(HOSTILE, text(HOSTILE), { type: "reasoning", content: HOSTILE }),
				say("assistant", { type: "tool_call", id: HOSTILE, name: HOSTILE, arguments: { [HOSTILE]: HOSTILE } }),
				say("tool", { type: "tool_call_response", id: HOSTILE, response: HOSTILE }),
				say("user", { type: "uri", modality: "image", mime_type: "image/png", uri: "javascript:window.harmed=true" }),
				say("user", { type: "unheard-of", html: HOSTILE }),
			],
			[{ ...say("assistant", text(HOSTILE)), finish_reason: "stop" }],
			{ "session.id": HOSTILE, "user.id": HOSTILE, "error.type": HOSTILE },
		);
		await open(span);
		await page.evaluate(() => {
			for (const fold of document.querySelectorAll("details")) fold.open = true;
		});
		expect(await conversation().textContent()).toContain(HOSTILE);
		await picture(page, "41-hostile-conversation");
		expect(await page.locator("img").count()).toBe(0);
		expect(
			await conversation()
				.getByRole("button", { name: /^Load from/ })
				.count(),
		).toBe(0);
		expect(await page.locator('[href^="javascript:"]').count()).toBe(0);
		await page.goto(`${url}/p/${project.id}/traces`);
		await page.locator(`a[href$="${span.traceId}"]`).waitFor();
		expect(await page.evaluate(() => "harmed" in window)).toBe(false);
	});

	it("with characters that no page can hold is shown without them", async () => {
		await open(chatSpan([say("user", text("before \0 \uD800 \u202E after"))], [say("assistant", text("\uDFFF ok"))]));
		expect(await conversation().textContent()).toMatch(/before .* after/);
	});

	it("of any length stays reachable while a screen of it is shown", async () => {
		const long = `${"0123456789 ".repeat(18_000)}THE END`;
		const many = Array.from({ length: 1000 }, (_, index) =>
			say(index % 2 ? "assistant" : "user", text(`turn ${index}.`)),
		);
		await open(chatSpan([...many, say("user", text(long))], [say("assistant", text("ok"))]));
		await conversation().getByText("961 messages between").waitFor();
		expect(await conversation().getByText("turn 19.").isVisible()).toBe(true);
		expect(await conversation().getByText("turn 500.").isVisible()).toBe(false);
		expect(await conversation().getByText("turn 999.").isVisible()).toBe(true);
		await conversation().getByText("961 messages between").click();
		await conversation().getByText("turn 500.").waitFor();
		await conversation().getByText("Show all 198,007 characters").click();
		await conversation().getByText("THE END").waitFor();
	});
});

describe("media", () => {
	it("of other hosts is asked for after a click and not before, without saying where from", async () => {
		asked = [];
		const address = `http://${pictureHost}/secret.png`;
		await open(
			chatSpan(
				[say("user", text("What is it?"), { type: "uri", modality: "image", mime_type: "image/png", uri: address })],
				[say("assistant", text("A pixel."))],
			),
		);
		await conversation().getByText(address).waitFor();
		await page.waitForLoadState("networkidle");
		expect(asked).toEqual([]);
		const requested = page.waitForRequest(address);
		await conversation()
			.getByRole("button", { name: `Load from ${pictureHost}` })
			.click();
		await requested;
		await page.waitForFunction(() => document.querySelector("img")?.naturalWidth === 1);
		expect(asked).toEqual(["/secret.png no referrer"]);
	});

	it("that came with the span is served as nothing but what it is", async () => {
		const blob = (mime: string, content: string) => ({ type: "blob", modality: "image", mime_type: mime, content });
		const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>harm()</script></svg>').toString("base64");
		const span = chatSpan(
			[say("user", text("See?"), blob("image/png", PNG), blob("image/svg+xml", svg), blob("text/html", svg))],
			[say("assistant", text("Yes."))],
		);
		await open(span);
		await conversation().getByRole("link", { name: "Show" }).first().click();
		await page.waitForFunction(() => document.querySelector("img")?.naturalWidth === 1);
		const served = async (part: number) => {
			const query = `span=${span.spanId}&side=input&message=0&part=${part}`;
			const response = await fetch(`${url}/p/${project.id}/traces/${span.traceId}/media?${query}`);
			const header = (name: string) => response.headers.get(name);
			return [response.status, header("content-type"), header("content-disposition")];
		};
		expect(await served(1)).toEqual([200, "image/png", "inline"]);
		expect(await served(2)).toEqual([200, "application/octet-stream", "attachment"]);
		expect(await served(3)).toEqual([200, "application/octet-stream", "attachment"]);
		expect((await served(0))[0]).toBe(404);
		expect((await served(99))[0]).toBe(404);
		const response = await fetch(
			`${url}/p/${project.id}/traces/${span.traceId}/media?span=${span.spanId}&side=input&message=0&part=1`,
		);
		expect(response.headers.get("content-security-policy")).toBe("sandbox");
		expect(response.headers.get("x-content-type-options")).toBe("nosniff");
		expect(response.headers.get("cache-control")).toMatch(/^private/);
		expect(Buffer.from(await response.arrayBuffer()).toString("base64")).toBe(PNG);
		const other = await createProject(url);
		const foreign = `${url}/p/${other.id}/traces/${span.traceId}/media?span=${span.spanId}&side=input&message=0&part=1`;
		expect((await fetch(foreign)).status).toBe(404);
	});
});

it("a narrow dark screen shows a conversation without moving sideways", async () => {
	const phone = await browser.open({ width: 360, height: 740, colorScheme: "dark" });
	await open(
		chatSpan(
			[
				say("user", text("x".repeat(2000))),
				say("assistant", {
					type: "tool_call",
					id: "c".repeat(300),
					name: "t".repeat(300),
					arguments: { key: "v".repeat(900) },
				}),
				say("user", { type: "uri", modality: "image", uri: `https://example.com/${"p".repeat(900)}` }),
			],
			[say("assistant", text("ok"))],
			{ "session.id": "s".repeat(300), "gen_ai.usage.input_tokens": 1, "gen_ai.usage.output_tokens": 1 },
		),
		phone,
	);
	await picture(phone, "42-narrow-conversation");
	expect(await scrollsSideways(phone)).toBe(false);
	await phone.context().close();
});

it("nothing on the way complained", () => {
	expect(browser.complaints).toEqual([]);
});
