import { randomHex } from "@/lib/ids";
import { attributes, type OtlpSpan } from "@/tests/support/otlp-request";

export type TravelSpan = OtlpSpan & { traceId: string; spanId: string };

const TOOLS = ["get_weather", "search_flights", "book_hotel"];
const text = (content: string) => ({ type: "text", content });

/**
 * What an agent sends that asks a model four times, runs a tool after each of the first three (the last one fails), has a
 * second agent look for prices, and answers. Every call repeats the conversation so far; the instructions change before the
 * last one.
 */
export function travelAgent(startMs = Date.now() - 120_000): { traceId: string; spans: TravelSpan[] } {
	const traceId = randomHex(16);
	const nano = (ms: number) => String(BigInt(startMs) * 1_000_000n + BigInt(ms) * 1_000_000n);
	const span = (parent: TravelSpan | null, name: string, from: number, to: number, fields: OtlpSpan): TravelSpan => ({
		traceId,
		spanId: randomHex(8),
		parentSpanId: parent?.spanId,
		name,
		startTimeUnixNano: nano(from),
		endTimeUnixNano: nano(to),
		...fields,
	});
	const agent = (
		parent: TravelSpan | null,
		name: string,
		from: number,
		to: number,
		more: Record<string, string> = {},
	) =>
		span(parent, `invoke_agent ${name}`, from, to, {
			attributes: attributes({ "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": name, ...more }),
		});
	const chat = (parent: TravelSpan, from: number, input: unknown[], output: unknown) =>
		span(parent, "chat gpt-4o", from, from + 1000, {
			attributes: attributes({
				"gen_ai.operation.name": "chat",
				"gen_ai.provider.name": "openai",
				"gen_ai.request.model": "gpt-4o",
				"gen_ai.input.messages": JSON.stringify(input),
				"gen_ai.output.messages": JSON.stringify([output]),
				"gen_ai.usage.input_tokens": 400,
				"gen_ai.usage.output_tokens": 60,
			}),
		});

	const root = agent(null, "travel", 0, 6000, { "session.id": "session-7", "user.id": "ada" });
	const spans = [root];
	const said: unknown[] = [{ role: "user", parts: [text("Where should I go in May?")] }];
	const system = (words: string) => ({ role: "system", parts: [text(words)] });
	TOOLS.forEach((tool, turn) => {
		const from = 100 + turn * 1500;
		const call = {
			role: "assistant",
			parts: [
				text(`I ask ${tool}.`),
				{ type: "tool_call", id: `call_${turn}`, name: tool, arguments: { city: "Lisbon" } },
			],
		};
		spans.push(chat(root, from, [system("Be brief."), ...said], call));
		const failed = tool === "book_hotel";
		spans.push(
			span(root, `execute_tool ${tool}`, from + 1000, from + 1300, {
				attributes: attributes({
					"gen_ai.operation.name": "execute_tool",
					"gen_ai.tool.name": tool,
					"gen_ai.tool.call.id": `call_${turn}`,
					"gen_ai.tool.call.arguments": '{"city":"Lisbon"}',
					...(!failed && { "gen_ai.tool.call.result": `{"answer":"of ${tool}"}` }),
				}),
				...(failed && { status: { code: 2, message: "the hotel did not answer" } }),
			}),
		);
		said.push(call, {
			role: "tool",
			parts: [{ type: "tool_call_response", id: `call_${turn}`, response: `of ${tool}` }],
		});
		if (turn !== 1) return;
		const pricing = agent(root, "pricing", from + 1300, from + 1450, { input: "Fares to Lisbon", output: "From $180" });
		spans.push(
			pricing,
			chat(pricing, from + 1310, [{ role: "user", parts: [text("Fares to Lisbon")] }], {
				role: "assistant",
				parts: [text("Fares begin at $180.")],
			}),
		);
	});
	spans.push(
		chat(root, 4800, [system("Be brief. Answer now."), ...said], { role: "assistant", parts: [text("Go to Lisbon.")] }),
	);
	return { traceId, spans };
}
