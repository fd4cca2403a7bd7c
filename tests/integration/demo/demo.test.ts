import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { derive } from "@/lib/genai/derive";
import { type ScriptedServer, startScriptedServer } from "@/lib/local/demo/scripted-server";
import { startAgent } from "@/lib/local/demo/start-agent";
import { decodeProtobuf } from "@/lib/otlp/decode-protobuf";
import { anyValueText } from "@/lib/span/any-value";
import { mergedAttributes, type ReportedSpan } from "@/lib/span/span";
import { sleep } from "@/lib/time";

interface Collector {
	url: string;
	spans: ReportedSpan[];
	requests: { path: string | undefined; type: string | undefined; authorization: string | undefined }[];
	close(): void;
}

/** An OTLP collector on loopback that keeps what it is sent. */
async function startCollector(): Promise<Collector> {
	const spans: ReportedSpan[] = [];
	const requests: Collector["requests"] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on("data", (chunk: Buffer) => chunks.push(chunk));
		request.on("end", () => {
			const { "content-type": type, authorization } = request.headers;
			requests.push({ path: request.url, type, authorization });
			spans.push(...decodeProtobuf(Buffer.concat(chunks)).spans);
			response.writeHead(200, { "content-type": "application/x-protobuf" }).end();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		spans,
		requests,
		close() {
			server.close();
			server.closeAllConnections();
		},
	};
}

const CONVERSATIONS = 11;

let collector: Collector;
let scripted: ScriptedServer;
let agent: ReturnType<typeof startAgent>;
const lines: string[] = [];
let sent = 0;

beforeEach(async () => {
	collector = await startCollector();
	scripted = await startScriptedServer();
	agent = startAgent(
		{
			serverUrl: collector.url,
			apiKey: "demo-test-key",
			project: "demo-test",
			modelUrl: scripted.url,
			burst: CONVERSATIONS,
			burstDelayMs: 20,
			delayMs: 60_000,
		},
		{
			onSent: (conversations) => {
				sent = conversations;
			},
			report: (line) => lines.push(line),
		},
	);
});

afterEach(async () => {
	await agent.stop();
	await scripted.stop();
	collector.close();
});

describe("the sample agent", () => {
	it("sends every conversation as one whole trace of agent, retrieval, model, tool and model", async () => {
		const deadline = Date.now() + 30_000;
		while (sent < CONVERSATIONS && Date.now() < deadline) await sleep(100);
		expect(lines).toEqual([]);
		expect(sent).toBe(CONVERSATIONS);
		for (const request of collector.requests) {
			expect(request).toEqual({
				path: "/v1/traces",
				type: "application/x-protobuf",
				authorization: "Bearer demo-test-key",
			});
		}

		const traceIds = [...new Set(collector.spans.map((span) => span.traceId))];
		expect(traceIds.length).toBe(CONVERSATIONS);
		const failed: string[] = [];
		for (const spans of traceIds.map((id) => collector.spans.filter((span) => span.traceId === id))) {
			const root = spans.find((span) => !span.parentSpanId);
			const children = spans.filter((span) => span.parentSpanId === root?.spanId);
			expect(children.length).toBe(spans.length - 1);
			const kinds = children
				.toSorted((a, b) => Number((a.endTimeUnixNano ?? 0n) - (b.endTimeUnixNano ?? 0n)))
				.map((span) => derive(span).kind);
			const gaveUp = root?.statusCode === "STATUS_CODE_ERROR";
			expect(kinds).toEqual(gaveUp ? ["retrieval", "llm", "tool"] : ["retrieval", "llm", "tool", "llm"]);
			failed.push(...spans.filter((span) => span.statusCode === "STATUS_CODE_ERROR").map((span) => span.name));
			for (const span of spans) {
				const attributes = mergedAttributes(span);
				const text = (key: string) => anyValueText(attributes.get(key) ?? { stringValue: "" });
				expect([text("demo.scripted"), text("spanwise.project")]).toEqual(["true", "demo-test"]);
				const derived = derive(span);
				expect(derived.sessionId).toMatch(/^demo-session-\d+$/);
				if (derived.kind !== "llm") continue;
				expect(derived.requestModel).toBe("scripted-model");
				expect(derived.usage?.input).toBeGreaterThan(50);
				expect(derived.usage?.output).toBeGreaterThan(5);
			}
		}
		expect(failed.toSorted()).toEqual(["change_address", "support-agent", "track_refund"]);
	});

	it("sends nothing more once it is stopped, and stops without a complaint", async () => {
		await agent.stop();
		const taken = collector.requests.length;
		await sleep(300);
		expect(collector.requests.length).toBe(taken);
		expect(lines).toEqual([]);
	});
});
