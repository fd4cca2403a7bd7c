import type { Agent, Tool } from "@/tests/bench/deployment";
import type { Prose } from "@/tests/bench/prose";
import { attributes, type OtlpSpan } from "@/tests/support/otlp-request";

// One conversation with an agent as the traces of its turns: a turn without tools is one model call; a turn with tools is a
// root span of the agent, model calls with the tools that they ask for between them, and the answer. Every call sends the
// instructions, the tool definitions and the whole history again, as model APIs want it.

const TURNS_MAX = 3;
const ROUNDS_MAX = 2;
const CLIENT = 3;
const INTERNAL = 1;
const MILLISECOND = 1_000_000n;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/** Characters of English and JSON that make a token. */
const CHARACTERS_PER_TOKEN = 4;

type Part =
	| { type: "text"; content: string }
	| { type: "tool_call"; id: string; name: string; arguments: Record<string, string | number> }
	| { type: "tool_call_response"; id: string; result: string };

interface Message {
	role: "system" | "user" | "assistant" | "tool";
	parts: Part[];
	finish_reason?: string;
}

export interface Conversation {
	/** The spans that end next, of one step: a call, or a tool. Empty when the conversation is over. */
	next(): OtlpSpan[];
}

/** Begins a conversation at `startUnixNano`; ids, texts and times come from `prose`. */
export function createConversation(agent: Agent, prose: Prose, startUnixNano: bigint): Conversation {
	const conversationId = `conv_${prose.token(24)}`;
	const history: Message[] = [];
	const definitions = JSON.stringify(agent.tools.map((tool) => tool.definition));
	const instructions: Part[] = [{ type: "text", content: agent.systemPrompt }];
	const turns = 1 + prose.integer(TURNS_MAX);
	let now = startUnixNano;
	const steps = script();
	return { next: () => steps.next().value ?? [] };

	function* script(): Generator<OtlpSpan[], undefined> {
		const session = { traceId: prose.token(32), parentSpanId: prose.token(16) };
		for (let turn = 0; turn < turns; turn++) {
			const place = agent.tracePerTurn ? { traceId: prose.token(32), parentSpanId: prose.token(16) } : session;
			const began = now;
			history.push({ role: "user", parts: [{ type: "text", content: prose.text(40 + prose.integer(140)) }] });
			const rounds = agent.tools.length > 0 ? prose.integer(ROUNDS_MAX + 1) : 0;
			for (let round = 0; round < rounds; round++) {
				const tool = prose.pick(agent.tools);
				const id = `call_${prose.token(24, LETTERS)}`;
				const args = Object.fromEntries(tool.parameters.map((key) => [key, `${prose.name()} ${prose.integer(1000)}`]));
				const call: Message = {
					role: "assistant",
					parts: [{ type: "tool_call", id, name: tool.name, arguments: args }],
				};
				yield [modelCall(place, call, "tool_calls")];
				const result = JSON.stringify({ ok: true, [tool.name]: prose.text(40 + prose.integer(120)) });
				if (agent.tracesTools) yield [toolCall(place, tool, id, args, result)];
				history.push(call, { role: "tool", parts: [{ type: "tool_call_response", id, result }] });
			}
			const answer: Message = {
				role: "assistant",
				parts: [{ type: "text", content: prose.text(80 + prose.integer(320)) }],
			};
			const last = modelCall(place, answer, "stop");
			history.push(answer);
			const traced = agent.tracesTools && rounds > 0 && agent.tracePerTurn;
			yield traced ? [last, root(place, began)] : [last];
			now += BigInt(5_000 + prose.integer(60_000)) * MILLISECOND; // the user reads
		}
		return undefined;
	}

	function during(milliseconds: number): Pick<OtlpSpan, "startTimeUnixNano" | "endTimeUnixNano"> {
		const start = now + BigInt(prose.integer(3_000_000));
		now = start + BigInt(milliseconds) * MILLISECOND + BigInt(prose.integer(1_000_000));
		return { startTimeUnixNano: String(start), endTimeUnixNano: String(now) };
	}

	function modelCall(place: Place, answer: Message, finishReason: string): OtlpSpan {
		const sent = agent.instructionsApart ? history : [{ role: "system", parts: instructions }, ...history];
		const input = JSON.stringify(sent);
		const output = JSON.stringify([{ ...answer, finish_reason: finishReason }]);
		const { name, host, idHead } = agent.provider;
		const tokens = (characters: number) => Math.max(1, Math.round(characters / CHARACTERS_PER_TOKEN));
		return {
			...place,
			spanId: prose.token(16),
			name: `chat ${agent.requestModel}`,
			kind: CLIENT,
			...during(300 + prose.integer(4_000)),
			attributes: [
				...attributes({
					"gen_ai.operation.name": "chat",
					"gen_ai.provider.name": name,
					"gen_ai.request.model": agent.requestModel,
				}),
				{ key: "gen_ai.request.temperature", value: { doubleValue: agent.temperature } },
				...attributes({
					...(agent.maxTokens !== null && { "gen_ai.request.max_tokens": agent.maxTokens }),
					"gen_ai.response.id": idHead + prose.token(24, LETTERS),
					"gen_ai.response.model": agent.responseModel,
					"gen_ai.response.finish_reasons": [finishReason],
					"gen_ai.usage.input_tokens": tokens(agent.systemPrompt.length + definitions.length + input.length),
					"gen_ai.usage.output_tokens": tokens(output.length),
					"gen_ai.conversation.id": conversationId,
					"server.address": host,
					"server.port": 443,
					...(agent.instructionsApart && { "gen_ai.system_instructions": JSON.stringify(instructions) }),
					"gen_ai.input.messages": input,
					"gen_ai.output.messages": output,
					...(agent.tools.length > 0 && { "gen_ai.tool.definitions": definitions }),
				}),
			],
			status: {},
			flags: 0x101,
		};
	}

	function toolCall(place: Place, tool: Tool, id: string, args: object, result: string): OtlpSpan {
		return {
			...place,
			spanId: prose.token(16),
			name: `execute_tool ${tool.name}`,
			kind: INTERNAL,
			...during(5 + prose.integer(400)),
			attributes: attributes({
				"gen_ai.operation.name": "execute_tool",
				"gen_ai.tool.name": tool.name,
				"gen_ai.tool.type": "function",
				"gen_ai.tool.call.id": id,
				"gen_ai.tool.call.arguments": JSON.stringify(args),
				"gen_ai.tool.call.result": result,
				"gen_ai.conversation.id": conversationId,
			}),
			status: {},
			flags: 0x101,
		};
	}

	function root({ traceId, parentSpanId }: Place, began: bigint): OtlpSpan {
		return {
			traceId,
			spanId: parentSpanId,
			name: `invoke_agent ${agent.name}`,
			kind: INTERNAL,
			startTimeUnixNano: String(began),
			endTimeUnixNano: String(now),
			attributes: attributes({
				"gen_ai.operation.name": "invoke_agent",
				"gen_ai.provider.name": agent.provider.name,
				"gen_ai.agent.name": agent.name,
				"gen_ai.agent.id": agent.id,
				"gen_ai.request.model": agent.requestModel,
				"gen_ai.conversation.id": conversationId,
			}),
			status: {},
			flags: 0x101,
		};
	}
}

interface Place {
	traceId: string;
	/** The span of the run or of the web request; not every application exports it. */
	parentSpanId: string;
}
