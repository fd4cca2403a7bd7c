import { randomHex } from "@/lib/ids";

interface Sample {
	/** Null: the trace names no project. */
	projectName: string | null;
	/** When it ended. */
	nowMs: number;
}

const QUESTION = "Where is my parcel 1043, and can I still change the address?";
const POLICY = "The address can be changed until a parcel is handed to the carrier.";
const STATUS = { parcel: "1043", state: "packed", carrier: null };
const ANSWER =
	"Your parcel 1043 is packed and still with us, so the address can be changed. Tell me the new one and I will see to it.";
const INSTRUCTIONS = "You help the customers of a shop. Look things up before you answer, and be brief.";
const MODEL = "gpt-5-mini";

const asked = { role: "user", parts: [{ type: "text", content: QUESTION }] };
const call = { type: "tool_call", id: "call_1", name: "find_parcel", arguments: { parcel: "1043" } };
const wanted = { role: "assistant", parts: [call], finish_reason: "tool_call" };
const found = { role: "tool", parts: [{ type: "tool_call_response", id: "call_1", response: STATUS }] };
const answered = { role: "assistant", parts: [{ type: "text", content: ANSWER }], finish_reason: "stop" };

const CHAT = {
	"gen_ai.operation.name": "chat",
	"gen_ai.provider.name": "openai",
	"gen_ai.request.model": MODEL,
	"gen_ai.system_instructions": JSON.stringify([{ type: "text", content: INSTRUCTIONS }]),
};

type Attributes = Record<string, string | number>;

interface Step {
	name: string;
	/** Milliseconds after the agent's start. */
	fromMs: number;
	toMs: number;
	attributes: Attributes;
}

const STEPS: readonly Step[] = [
	{
		name: "search policies",
		fromMs: 20,
		toMs: 150,
		attributes: {
			"gen_ai.operation.name": "retrieval",
			"gen_ai.retrieval.query.text": QUESTION,
			"gen_ai.retrieval.documents": JSON.stringify([{ id: "addresses", content: POLICY, score: 0.83 }]),
		},
	},
	{
		name: `chat ${MODEL}`,
		fromMs: 160,
		toMs: 820,
		attributes: {
			...CHAT,
			"gen_ai.input.messages": JSON.stringify([asked]),
			"gen_ai.output.messages": JSON.stringify([wanted]),
			"gen_ai.response.finish_reasons": "tool_call",
			"gen_ai.usage.input_tokens": 214,
			"gen_ai.usage.output_tokens": 18,
		},
	},
	{
		name: "execute_tool find_parcel",
		fromMs: 830,
		toMs: 960,
		attributes: {
			"gen_ai.operation.name": "execute_tool",
			"gen_ai.tool.name": "find_parcel",
			"gen_ai.tool.call.id": "call_1",
			"gen_ai.tool.call.arguments": JSON.stringify(call.arguments),
			"gen_ai.tool.call.result": JSON.stringify(STATUS),
		},
	},
	{
		name: `chat ${MODEL}`,
		fromMs: 970,
		toMs: 1810,
		attributes: {
			...CHAT,
			"gen_ai.input.messages": JSON.stringify([asked, wanted, found]),
			"gen_ai.output.messages": JSON.stringify([answered]),
			"gen_ai.response.finish_reasons": "stop",
			"gen_ai.usage.input_tokens": 268,
			"gen_ai.usage.output_tokens": 39,
		},
	},
];
const LASTS_MS = 1840;

/** A small agent's trace as an OTLP/JSON request: it searches, asks a model, runs the tool that it wants and asks again. */
export function sampleTrace({ projectName, nowMs }: Sample, newHex = randomHex): object {
	const [traceId, agentId] = [newHex(16), newHex(8)];
	const startMs = nowMs - LASTS_MS;
	const span = (name: string, fromMs: number, toMs: number, attributes: Attributes) => ({
		traceId,
		name,
		kind: 1,
		status: { code: 1 },
		startTimeUnixNano: nanos(startMs + fromMs),
		endTimeUnixNano: nanos(startMs + toMs),
		attributes: keyValues(attributes),
	});
	const agent = span("invoke_agent support", 0, LASTS_MS, {
		"gen_ai.operation.name": "invoke_agent",
		"gen_ai.agent.name": "support",
		"gen_ai.conversation.id": "sample conversation",
		"input.value": QUESTION,
		"output.value": ANSWER,
	});
	const resource: Attributes = { "service.name": "spanwise-sample" };
	if (projectName !== null) resource["spanwise.project"] = projectName;
	const steps = STEPS.map((step) => ({
		...span(step.name, step.fromMs, step.toMs, step.attributes),
		spanId: newHex(8),
		parentSpanId: agentId,
	}));
	return {
		resourceSpans: [
			{
				resource: { attributes: keyValues(resource) },
				scopeSpans: [{ scope: { name: "spanwise.sample" }, spans: [{ ...agent, spanId: agentId }, ...steps] }],
			},
		],
	};
}

function keyValues(attributes: Attributes) {
	return Object.entries(attributes).map(([key, value]) => ({
		key,
		value: typeof value === "number" ? { intValue: String(value) } : { stringValue: value },
	}));
}

function nanos(epochMs: number): string {
	return `${BigInt(epochMs) * 1_000_000n}`;
}
