import { beforeAll, describe, expect, inject, it } from "vitest";
import { randomHex } from "@/lib/ids";
import { encodeOtlp, encodeOtlpLogs } from "@/tests/support/encode-otlp";
import { type GoldenSpan, goldenOtlpSpan, goldenSpans } from "@/tests/support/golden-spans";
import { createProject } from "@/tests/support/judged-project";
import { inProject, llmSpan } from "@/tests/support/llm-span";
import {
	anyValue,
	attributes,
	type OtlpLogRequest,
	type OtlpRequest,
	otlpLog,
	otlpRequest,
} from "@/tests/support/otlp-request";
import { call, mustCall, sendSpans } from "@/tests/support/rest-client";

type CanonicalSpan = Record<string, unknown>;

const url = inject("appUrl");
const PROTOBUF = { "Content-Type": "application/x-protobuf", Accept: "application/json" };

/** Every field of the canonical record. */
const FIELDS = [
	...["trace_id", "span_id", "parent_span_id", "name", "display_name", "start_time_unix_nano", "end_time_unix_nano"],
	...["convention", "kind", "provider", "request_model", "response_model", "routing_alias", "service_tier"],
	...["input", "output", "input_from", "output_from", "input_text", "output_text"],
	...["input_messages", "output_messages", "tool_definitions", "tool_schemas"],
	...["tool_name", "tool_call_id", "tool_arguments", "tool_result", "retrieval_documents", "evaluation"],
	...["usage", "aggregate_usage", "usage_basis", "ttft_ms"],
	...["cost_usd", "cost_input", "cost_output", "cost_source", "price_version", "cost_note", "aggregate_cost_usd"],
	...["session_id", "user_id", "tags", "metadata", "environment", "release", "agent_name"],
	...["status", "error_type", "error_message", "finish_reason", "prompt_name", "prompt_version", "prompt_template"],
	...["attributes", "resource_attributes", "scope", "events", "links", "provenance"],
].sort();

function canonicalSpans(traceId: string, query = ""): Promise<CanonicalSpan[]> {
	return mustCall(url, `/api/v1/traces/${traceId}/spans${query}`);
}

async function canonicalSpan(traceId: string): Promise<CanonicalSpan> {
	const [span, ...others] = await canonicalSpans(traceId);
	if (!span || others.length > 0) throw new Error(`${others.length + 1} spans instead of one`);
	return span;
}

interface Sent {
	golden: GoldenSpan;
	traceId: string;
	spanId: string;
}

function spansOf(sent: Sent[]): OtlpRequest {
	return {
		resourceSpans: sent.map(({ golden, ...ids }) => ({
			resource: { attributes: attributes(golden.resource_attributes) },
			scopeSpans: [{ scope: { name: golden.scope_name }, spans: [goldenOtlpSpan(golden, ids)] }],
		})),
	};
}

function logsOf(sent: Sent[]): OtlpLogRequest {
	return {
		resourceLogs: sent.map(({ golden, ...ids }) => ({
			resource: { attributes: attributes(golden.resource_attributes) },
			scopeLogs: [
				{
					scope: { name: golden.scope_name },
					logRecords: (golden.logs ?? []).map((log) => ({
						...ids,
						eventName: log.event_name,
						attributes: attributes(log.attributes),
						body: anyValue(log.body),
					})),
				},
			],
		})),
	};
}

const JSON_SENDER = {
	spans: (request: OtlpRequest) => mustCall(url, "/v1/traces", { method: "POST", json: request }),
	logs: (request: OtlpLogRequest) => mustCall(url, "/v1/logs", { method: "POST", json: request }),
};
const PROTOBUF_SENDER = {
	spans: (request: OtlpRequest) =>
		mustCall(url, "/v1/traces", { method: "POST", body: encodeOtlp(request) as BodyInit, headers: PROTOBUF }),
	logs: (request: OtlpLogRequest) =>
		mustCall(url, "/v1/logs", { method: "POST", body: encodeOtlpLogs(request) as BodyInit, headers: PROTOBUF }),
};

describe.each([
	{ encoding: "JSON", order: "before", sender: JSON_SENDER },
	{ encoding: "JSON", order: "after", sender: JSON_SENDER },
	{ encoding: "protobuf", order: "before", sender: PROTOBUF_SENDER },
	{ encoding: "protobuf", order: "after", sender: PROTOBUF_SENDER },
])("golden spans in $encoding, their log records $order them", ({ order, sender }) => {
	const sent = goldenSpans().map((golden) => ({ golden, traceId: randomHex(16), spanId: randomHex(8) }));

	beforeAll(async () => {
		if (order === "before") await sender.logs(logsOf(sent));
		await sender.spans(spansOf(sent));
		if (order === "after") await sender.logs(logsOf(sent));
	});

	for (const { golden, traceId } of sent) {
		it(golden.id, async () => {
			const span = await canonicalSpan(traceId);
			expect(Object.keys(span).sort()).toEqual(FIELDS);
			expect(Object.fromEntries(Object.keys(golden.expected).map((field) => [field, span[field]]))).toEqual(
				golden.expected,
			);
		});
	}
});

describe("GET /api/v1/traces/{id}/spans", () => {
	it("gives the spans in start order, with what was reported, where each value came from and what it cost", async () => {
		const root = llmSpan({ name: "POST /chat", attributes: [], events: [], links: [] });
		const start = BigInt(root.startTimeUnixNano ?? 0) + 1n;
		const child = llmSpan({
			traceId: root.traceId,
			parentSpanId: root.spanId,
			name: "chat gpt-4o",
			startTimeUnixNano: String(start),
			endTimeUnixNano: String(start + 2_000_000n),
			attributes: attributes({
				"gen_ai.operation.name": "chat",
				"gen_ai.provider.name": "openai",
				"gen_ai.request.model": "gpt-4o",
				"gen_ai.usage.input_tokens": 1000,
				"gen_ai.usage.output_tokens": 100,
				"session.id": "s-1",
				"gen_ai.input.messages": [{ role: "user", parts: [{ type: "text", content: "Hi" }] }],
			}),
			events: [{ name: "token", timeUnixNano: String(start + 1n), attributes: attributes({ index: 0 }) }],
			links: [{ traceId: root.traceId, spanId: root.spanId, attributes: attributes({ why: "asked" }) }],
		});
		await sendSpans(url, [child, root]);
		const spans = await canonicalSpans(root.traceId);
		expect(spans.map((span) => span.span_id)).toEqual([root.spanId, child.spanId]);
		expect(spans[0]).toMatchObject({
			parent_span_id: null,
			kind: "span",
			usage: null,
			tags: null,
			cost_usd: null,
			input_messages: null,
			events: [],
			links: [],
			attributes: {},
			tool_arguments: null,
			evaluation: null,
		});
		expect(spans[1]).toMatchObject({
			trace_id: root.traceId,
			parent_span_id: root.spanId,
			name: "chat gpt-4o",
			kind: "llm",
			start_time_unix_nano: String(start),
			end_time_unix_nano: String(start + 2_000_000n),
			usage: { input: 1000, output: 100, total: 1100 },
			cost_usd: 0.0035,
			cost_input: 0.0025,
			cost_output: 0.001,
			cost_source: "genai-prices",
			price_version: expect.stringMatching(/^genai-prices /),
			input_messages: [{ role: "user", parts: [{ type: "text", text: "Hi" }] }],
			session_id: "s-1",
			attributes: { "gen_ai.input.messages": [{ role: "user", parts: [{ type: "text", content: "Hi" }] }] },
			events: [{ name: "token", time_unix_nano: String(start + 1n), attributes: { index: 0 } }],
			links: [{ trace_id: root.traceId, span_id: root.spanId, attributes: { why: "asked" } }],
			provenance: { input_messages: "gen_ai.input.messages", request_model: "gen_ai.request.model" },
		});
	});

	it("finds a trace in its own project only", async () => {
		const [project, other] = [await createProject(url), await createProject(url)];
		const sent = llmSpan();
		await sendSpans(url, [sent], project.name);
		expect(await canonicalSpans(sent.traceId, `?projectId=${project.id}`)).toHaveLength(1);
		expect(await canonicalSpans(sent.traceId)).toHaveLength(1);
		for (const path of [
			`/api/v1/traces/${sent.traceId}/spans?projectId=${other.id}`,
			`/api/v1/traces/${randomHex(16)}/spans`,
			"/api/v1/traces/no-trace-id/spans",
			`/api/v1/traces/${sent.traceId}/spans?projectId=nobody`,
		]) {
			expect((await call(url, path)).status).toBe(404);
		}
	});
});

const LONE = "a\ud800b";
const DEEP_JSON = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
const deepList = (depth: number) =>
	Array.from({ length: depth }).reduce<unknown>((inner) => ({ child: inner, list: [inner] }), "leaf");
const deepMap = (depth: number) => Array.from({ length: depth }).reduce<unknown>((inner) => ({ child: inner }), "leaf");
const message = (content: string) => [{ role: "user", parts: [{ type: "text", content }] }];
const CHAT = { "gen_ai.operation.name": "chat", "gen_ai.request.model": "gpt-4o" };

const HOSTILE: Record<string, object> = {
	"200 KB of text": { ...CHAT, input: "x".repeat(200_000), "gen_ai.input.messages": message("y".repeat(200_000)) },
	"10,000 keys": {
		...CHAT,
		...Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`key.${i}`, `value ${i}`])),
	},
	"10,000 numbered messages": Object.fromEntries(
		Array.from({ length: 10_000 }, (_, i) => [`llm.input_messages.${i * 7}.message.content`, `message ${i}`]),
	),
	"numbers that no list has": {
		"llm.input_messages.99999999999999999999.message.content": "x",
		"gen_ai.prompt.-1.content": "x",
		"gen_ai.prompt.1e3.content": "x",
		"gen_ai.prompt.__proto__.content": "x",
	},
	"maps nested 100 deep": { ...CHAT, "gen_ai.input.messages": deepMap(100), metadata: deepMap(100) },
	"lists in maps nested deep": { ...CHAT, "gen_ai.output.messages": deepList(8) },
	"JSON nested 100,000 deep": {
		...CHAT,
		"gen_ai.input.messages": DEEP_JSON,
		"gen_ai.tool.definitions": DEEP_JSON,
		metadata: DEEP_JSON,
		"gen_ai.output.messages": DEEP_JSON,
		"input.value": DEEP_JSON,
		"output.value": DEEP_JSON,
	},
	"a tool with JSON nested 100,000 deep": {
		"gen_ai.operation.name": "execute_tool",
		"gen_ai.tool.call.arguments": DEEP_JSON,
		"gen_ai.tool.call.result": DEEP_JSON,
	},
	"lone surrogates": {
		...CHAT,
		input: LONE,
		"session.id": LONE,
		"user.id": LONE,
		[`key ${LONE}`]: LONE,
		"tag.tags": [LONE],
		metadata: JSON.stringify({ [LONE]: LONE, nested: { [LONE]: LONE } }),
		"gen_ai.input.messages": JSON.stringify(message(LONE)),
	},
	"NUL bytes": {
		...CHAT,
		input: "a\0b",
		"session.id": "a\0b",
		"user.id": "\0",
		"key\0": "\0",
		"tag.tags": ["\0"],
		"gen_ai.input.messages": JSON.stringify(message("a\0b")),
		metadata: { "\0": "\0" },
	},
	"broken JSON": {
		...CHAT,
		"gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"cut o',
		"gen_ai.output.messages": '{"role": undefined}',
		"gen_ai.tool.definitions": "[{]",
		"llm.tools.0.tool.json_schema": "{'python': True}",
		metadata: "{not json}",
		"langfuse.observation.usage_details": "{broken",
	},
	"values of the wrong shape": {
		"gen_ai.operation.name": { a: 1 },
		"gen_ai.request.model": ["x", 1],
		"session.id": true,
		"user.id": 5,
		"gen_ai.input.messages": [null, 1, "x", [], { parts: 5 }, { role: {}, parts: [null, 3, { type: [] }] }],
		"gen_ai.output.messages": false,
		"gen_ai.usage.input_tokens": { a: 1 },
		"tag.tags": { x: 1 },
		"llm.input_messages.0.message.tool_calls": 5,
		"gen_ai.retrieval.documents": [1, null, {}],
	},
	"counts that are none": {
		...CHAT,
		"gen_ai.usage.input_tokens": -1,
		"gen_ai.usage.output_tokens": "many",
		"gen_ai.usage.cache_read.input_tokens": 1e300,
		"gen_ai.usage.reasoning.output_tokens": 0.5,
		"llm.token_count.total": "NaN",
		"llm.cost.total": "free",
		"gen_ai.response.time_to_first_chunk": -5,
	},
	"names of every object": {
		["__proto__"]: "p",
		constructor: "c",
		toString: "t",
		hasOwnProperty: "h",
		valueOf: "v",
		metadata: '{"__proto__":{"polluted":true},"constructor":1,"toString":null}',
		"langfuse.trace.metadata.__proto__": "p",
	},
};

describe.each(Object.entries(HOSTILE))("a span with %s", (_, values) => {
	it.each(["json", "protobuf"])("is stored and served, sent in %s", async (encoding) => {
		const sent = llmSpan({ attributes: attributes(values) });
		const request = otlpRequest([sent], inProject(undefined));
		const answer = await (encoding === "json" ? JSON_SENDER : PROTOBUF_SENDER).spans(request);
		expect(answer).toEqual({ acceptedSpans: 1, rejectedSpans: 0, traces: 1 });
		const log = otlpLog({ ...sent, attributes: attributes(values), body: anyValue(values) });
		await (encoding === "json" ? JSON_SENDER : PROTOBUF_SENDER).logs({
			resourceLogs: [{ scopeLogs: [{ logRecords: [log] }] }],
		});
		const span = await canonicalSpan(sent.traceId);
		expect(Object.keys(span).sort()).toEqual(FIELDS);
		expect(JSON.stringify(span)).toBe(JSON.stringify(span).toWellFormed());
		expect(Object.keys(span.attributes as object)).toHaveLength(Object.keys(values).length);
		for (const path of [`/api/v1/traces/${sent.traceId}`, `/p/all/traces/${sent.traceId}`, "/p/all/traces"]) {
			expect((await call(url, path)).status).toBe(200);
		}
	});
});
