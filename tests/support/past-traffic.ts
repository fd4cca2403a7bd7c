import { randomHex } from "@/lib/ids";
import { attributes, type OtlpSpan } from "@/tests/support/otlp-request";
import { seededRandom } from "@/tests/support/seeded-random";

const HOUR_MS = 3_600_000;
const HOURS = 22;
const MODELS = ["gpt-5", "gpt-5-mini", "claude-sonnet-4-5", "house-model"];
const FAILURES = ["search_orders", "send_mail", "llm.generate"];

/** Agents' traces over the last day, busier by day than by night, some of which failed: charts have something to show. */
export function pastTraffic(nowMs: number): OtlpSpan[] {
	const random = seededRandom(6);
	const between = (low: number, high: number) => low + random() * (high - low);
	const spans: OtlpSpan[] = [];
	for (let hour = HOURS; hour > 0; hour--) {
		const busy = Math.round(3 + 9 * Math.sin((Math.PI * hour) / HOURS) + between(0, 4));
		for (let trace = 0; trace < busy; trace++) {
			const startMs = nowMs - hour * HOUR_MS + between(0, HOUR_MS * 0.9);
			const lastsMs = between(400, 2500) * (random() < 0.06 ? 6 : 1);
			const failure = random() < 0.09 ? FAILURES[Math.floor(between(0, FAILURES.length))] : undefined;
			const model = MODELS[Math.floor(random() ** 2 * MODELS.length)];
			const [traceId, rootId] = [randomHex(16), randomHex(8)];
			const span = (name: string, from: number, to: number, own: object, parentSpanId?: string): OtlpSpan => ({
				traceId,
				spanId: parentSpanId ? randomHex(8) : rootId,
				parentSpanId,
				name,
				kind: 1,
				startTimeUnixNano: nanos(startMs + from * lastsMs),
				endTimeUnixNano: nanos(startMs + to * lastsMs),
				status: { code: name === failure || (failure && !parentSpanId) ? 2 : 1 },
				attributes: attributes(own),
			});
			const user = `customer-${Math.ceil(between(0, 24))}`;
			const ids = { "session.id": `visit-${Math.ceil(between(0, 60))}`, "user.id": user };
			const agent = { "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "shop-assistant" };
			spans.push(
				span("shop-assistant", 0, 1, {
					...ids,
					...agent,
					"input.value": "Where is my order?",
					"output.value": failure ? "" : "It left our warehouse this morning.",
				}),
				span(
					"llm.generate",
					0.05,
					0.6,
					{
						"gen_ai.operation.name": "chat",
						"gen_ai.request.model": model,
						"gen_ai.usage.input_tokens": Math.round(between(200, 3000)),
						"gen_ai.usage.output_tokens": Math.round(between(20, 400)),
					},
					rootId,
				),
				span(failure ?? "search_orders", 0.62, 0.95, { "gen_ai.operation.name": "execute_tool" }, rootId),
			);
		}
	}
	return spans;
}

function nanos(epochMs: number): string {
	return `${BigInt(Math.round(epochMs)) * 1_000_000n}`;
}
