import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launchBrowser, picture, type TestBrowser } from "@/tests/support/browser";
import { createProject } from "@/tests/support/judged-project";
import { type LlmSpan, llmSpan } from "@/tests/support/llm-span";
import { attributes, type OtlpSpan } from "@/tests/support/otlp-request";
import { sendSpans } from "@/tests/support/rest-client";

const url = inject("appUrl");

let browser: TestBrowser;
let page: Page;
let project: { id: string; name: string };

beforeAll(async () => {
	browser = await launchBrowser();
	page = await browser.open();
	project = await createProject(url);
});
afterAll(() => browser?.close());

type Values = Record<string, string | number | boolean>;

const span = (values: Values, fields: OtlpSpan = {}): LlmSpan => llmSpan({ attributes: attributes(values), ...fields });
const detail = () => page.getByRole("region", { name: "Selected span" });
const block = (name: string) => detail().getByRole("region", { name, exact: true });

async function open(spans: LlmSpan[]): Promise<void> {
	await sendSpans(url, spans, project.name);
	await page.goto(`${url}/p/${project.id}/traces/${spans[0]?.traceId}`);
	await detail().waitFor();
}

describe("the page of a span", () => {
	it("of a tool shows arguments, result, call id and why it failed", async () => {
		await open([
			span(
				{
					"gen_ai.operation.name": "execute_tool",
					"gen_ai.tool.name": "get_weather",
					"gen_ai.tool.call.id": "call_1",
					"gen_ai.tool.call.arguments": '{"city":"Paris"}',
					"gen_ai.tool.call.result": '{"temp_f":57}',
					"error.type": "timeout",
				},
				{ status: { code: 2, message: "upstream timed out" } },
			),
		]);
		expect(await block("Arguments").textContent()).toContain('"city": "Paris"');
		expect(await block("Arguments").textContent()).toContain("from gen_ai.tool.call.arguments");
		expect(await block("Result").textContent()).toContain('"temp_f": 57');
		const facts = await detail().locator("dl").textContent();
		for (const fact of ["get_weather", "call_1", "timeout", "from error.type"]) expect(facts).toContain(fact);
		await picture(page, "45-tool-span");
	});

	it("of a retriever lists the documents with id, score and metadata", async () => {
		await open([
			span({
				"openinference.span.kind": "RETRIEVER",
				"input.value": "capital of France",
				"retrieval.documents.0.document.id": "doc-a",
				"retrieval.documents.0.document.score": 0.75,
				"retrieval.documents.0.document.content": "Paris is the capital of France.",
				"retrieval.documents.0.document.metadata": '{"page":7}',
				"retrieval.documents.1.document.content": "Lyon is not.",
			}),
		]);
		expect(await block("Query").textContent()).toContain("capital of France");
		const documents = block("Documents").getByRole("article");
		expect(await documents.count()).toBe(2);
		const first = await documents.first().textContent();
		for (const piece of ["doc-a", "score 0.75", "Paris is the capital of France.", '"page": 7']) {
			expect(first).toContain(piece);
		}
		await picture(page, "46-retrieval-span");
	});

	it("shows an evaluation that was reported with the span, the tools offered, metadata, tags and the prompt", async () => {
		await open([
			span(
				{
					"gen_ai.operation.name": "chat",
					"gen_ai.request.model": "gpt-4o",
					"gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]',
					"gen_ai.tool.definitions":
						'[{"type":"function","name":"lookup","description":"Finds an order.","parameters":{"type":"object"}}]',
					"gen_ai.prompt.name": "greeter",
					"gen_ai.prompt.version": "3",
					"tag.tags": '["beta","vip"]',
					metadata: '{"plan":"pro"}',
					"session.id": "session-9",
				},
				{
					events: [
						{
							name: "gen_ai.evaluation.result",
							attributes: attributes({
								"gen_ai.evaluation.name": "Relevance",
								"gen_ai.evaluation.score.value": 4,
								"gen_ai.evaluation.score.label": "relevant",
								"gen_ai.evaluation.explanation": "on topic",
							}),
						},
					],
				},
			),
		]);
		const card = await block("Reported evaluation Relevance").textContent();
		for (const piece of ["4", "relevant", "on topic"]) expect(card).toContain(piece);
		await detail().getByRole("heading", { name: "Tools offered" }).click();
		await detail().getByText("Finds an order.", { exact: true }).waitFor();
		const metadata = detail().getByRole("table", { name: "Metadata" });
		expect(await metadata.getByRole("row", { name: "plan pro" }).count()).toBe(1);
		const facts = await detail().locator("dl").textContent();
		for (const fact of ["greeter", "from gen_ai.prompt.name", "beta", "vip", "session-9"])
			expect(facts).toContain(fact);
		await picture(page, "47-many-facts");
	});

	it("shows the log records that name the span", async () => {
		const own = span({ "gen_ai.operation.name": "chat", "gen_ai.system": "openai", "gen_ai.request.model": "gpt-4o" });
		const record = (eventName: string, body: object) => ({
			timeUnixNano: own.endTimeUnixNano,
			traceId: own.traceId,
			spanId: own.spanId,
			eventName,
			body,
			attributes: attributes({ "gen_ai.system": "openai" }),
		});
		const content = (key: string, stringValue: string) => ({
			kvlistValue: { values: [{ key, value: { stringValue } }] },
		});
		const logs = {
			resourceLogs: [
				{ scopeLogs: [{ logRecords: [record("gen_ai.user.message", content("content", "Weather in Seattle?"))] }] },
			],
		};
		const answer = await fetch(`${url}/v1/logs`, {
			method: "POST",
			headers: { "Content-Type": "application/json" },
			body: JSON.stringify(logs),
		});
		expect(answer.status).toBe(200);
		await open([own]);
		expect(await block("Conversation").textContent()).toContain("Weather in Seattle?");
		await detail().getByRole("heading", { name: "Log records" }).click();
		await detail().getByText("gen_ai.user.message", { exact: true }).last().waitFor();
	});
});

describe("the header of a trace", () => {
	const header = () => page.locator("header").filter({ has: page.locator("h1") });

	it("tells a recovered trace, its session, user, tags and environment", async () => {
		const root = span({
			"openinference.span.kind": "AGENT",
			"session.id": "session-7",
			"user.id": "user-5",
			"tag.tags": '["beta"]',
			"deployment.environment.name": "staging",
		});
		const tool = span(
			{ "openinference.span.kind": "TOOL", "session.id": "session-8" },
			{ traceId: root.traceId, parentSpanId: root.spanId, status: { code: 2, message: "no" } },
		);
		await open([root, tool]);
		const words = await header().textContent();
		for (const word of ["ok, 1 failed", "session session-7", "several sessions", "user user-5", "beta", "staging"]) {
			expect(words).toContain(word);
		}
	});

	it("says when tokens are the agent's own count, and when the cost of a call is unknown", async () => {
		await open([
			span({
				"gen_ai.operation.name": "invoke_agent",
				"gen_ai.usage.input_tokens": 300,
				"gen_ai.usage.output_tokens": 40,
			}),
		]);
		expect(await header().textContent()).toContain("300 → 40 tokens (the agent’s own count)");
		await open([
			span({
				"gen_ai.operation.name": "chat",
				"gen_ai.request.model": "a-model-nobody-sells",
				"gen_ai.usage.input_tokens": 300,
				"gen_ai.usage.output_tokens": 40,
			}),
		]);
		expect(await header().textContent()).toContain("1 call of unknown cost");
		expect(await detail().locator("dl").textContent()).toContain("not known");
	});
});

it("nothing on the way complained", () => {
	expect(browser.complaints).toEqual([]);
});
