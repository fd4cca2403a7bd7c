import type { KeyValue } from "@/lib/span/any-value";
import type { Dice } from "@/tests/fuzz/dice";
import { anyText, anyValueOf, CANARY, somePairs } from "@/tests/fuzz/generate-value";
import { KNOWN_SPANS } from "@/tests/fuzz/known-keys";
import {
	anyValue,
	attributes,
	type OtlpLog,
	type OtlpLogRequest,
	type OtlpRequest,
	type OtlpScope,
	type OtlpSpan,
} from "@/tests/support/otlp-request";

const START = 1_790_000_000_000_000_000n;
const ODD_TIMES = ["1", "18446744073709551615", "9223372036854775808", "4102444800000000000"];
const EVENT_NAMES = ["gen_ai.user.message", "gen_ai.choice", "claude_code.api_request", "codex.sse_event", "exception"];

/** The resource that names a project, when the case is to belong to one. */
export type ResourceKeys = Readonly<Record<string, string>>;

/** A valid export request of a few spans with ids of its own, as any sender might write it. */
export function generateTraces(dice: Dice, resource: ResourceKeys): OtlpRequest {
	const traceId = dice.hex(16);
	const known: string[] = [];
	const span = () => {
		const made = generateSpan(dice, dice.chance(0.8) ? traceId : dice.hex(16), known);
		known.push(made.spanId ?? "");
		return made;
	};
	return {
		resourceSpans: Array.from({ length: few(dice) }, () => ({
			resource: generateResource(dice, resource),
			scopeSpans: Array.from({ length: few(dice) }, () => ({
				...maybe(dice, 0.8, { scope: generateScope(dice) }),
				spans: Array.from({ length: few(dice) + (dice.chance(0.002) ? 40 : 0) }, span),
				...maybe(dice, 0.1, { schemaUrl: "https://opentelemetry.io/schemas/1.37.0" }),
			})),
			...maybe(dice, 0.1, { schemaUrl: "https://opentelemetry.io/schemas/1.37.0" }),
		})),
	};
}

/** A valid export request of log records; some name a span, some say nothing of an LLM application. */
export function generateLogs(dice: Dice, resource: ResourceKeys): OtlpLogRequest {
	return {
		resourceLogs: Array.from({ length: few(dice) }, () => ({
			resource: generateResource(dice, resource),
			scopeLogs: Array.from({ length: few(dice) }, () => ({
				...maybe(dice, 0.8, { scope: generateScope(dice) }),
				logRecords: Array.from({ length: few(dice) }, () => generateLog(dice)),
			})),
		})),
	};
}

const few = (dice: Dice) => 1 + (dice.chance(0.15) ? dice.below(4) : 0);

function maybe<Fields extends object>(dice: Dice, probability: number, fields: Fields): Partial<Fields> {
	return dice.chance(probability) ? fields : {};
}

function generateResource(dice: Dice, resource: ResourceKeys) {
	return {
		attributes: [...attributes({ "service.name": `${CANARY} shop`, ...resource }), ...somePairs(dice, dice.below(2))],
		...maybe(dice, 0.1, { droppedAttributesCount: dice.below(9) }),
	};
}

function generateScope(dice: Dice): OtlpScope {
	return {
		name: dice.chance(0.5) ? dice.pick(KNOWN_SPANS).scope_name : anyText(dice),
		...maybe(dice, 0.5, { version: "4.2.7" }),
		...maybe(dice, 0.1, { attributes: somePairs(dice, 1), droppedAttributesCount: 0xffffffff }),
	};
}

function generateSpan(dice: Dice, traceId: string, known: readonly string[]): OtlpSpan {
	const start = START + BigInt(dice.below(1e9)) * 1000n;
	const name = dice.chance(0.5) ? dice.pick(KNOWN_SPANS).span_name : anyText(dice);
	return {
		traceId,
		spanId: dice.hex(8),
		...maybe(dice, 0.5, { parentSpanId: known.length > 0 ? dice.pick(known) : "" }),
		// A blank name would reject the span, which only `spoilTraces` may do.
		name: name.trim() === "" ? CANARY : name,
		kind: dice.below(6),
		startTimeUnixNano: dice.chance(0.05) ? dice.pick(ODD_TIMES) : String(start),
		endTimeUnixNano: dice.chance(0.05) ? dice.pick(ODD_TIMES) : String(start + BigInt(dice.below(1e9))),
		attributes: generateAttributes(dice),
		...maybe(dice, 0.2, {
			events: Array.from({ length: few(dice) }, () => ({
				timeUnixNano: String(start + BigInt(dice.below(1e6))),
				name: dice.pick(EVENT_NAMES),
				attributes: somePairs(dice, dice.below(3)),
			})),
		}),
		...maybe(dice, 0.1, {
			links: [
				{ traceId: dice.hex(16), spanId: dice.hex(8), traceState: "a=1", attributes: somePairs(dice, 1) },
				{ traceId: "", spanId: "" },
			],
		}),
		...maybe(dice, 0.3, { status: { code: dice.below(3), message: anyText(dice) } }),
		...maybe(dice, 0.1, { traceState: `v=${CANARY}`, flags: dice.below(0xffffffff), droppedLinksCount: 3 }),
	};
}

/** What a known sender writes, with a value or two replaced, or keys of all dialects thrown together. */
function generateAttributes(dice: Dice): KeyValue[] {
	if (dice.chance(0.5)) return somePairs(dice, dice.below(9));
	const pairs = attributes(dice.pick(KNOWN_SPANS).attributes);
	return pairs.map((pair) => (dice.chance(0.15) ? { key: pair.key, value: anyValueOf(dice) } : pair));
}

function generateLog(dice: Dice): OtlpLog {
	return {
		...maybe(dice, 0.9, { traceId: dice.hex(16) }),
		...maybe(dice, 0.9, { spanId: dice.hex(8) }),
		...maybe(dice, 0.9, { timeUnixNano: String(START + BigInt(dice.below(1e9))) }),
		...maybe(dice, 0.5, { observedTimeUnixNano: String(START) }),
		...maybe(dice, 0.8, { eventName: dice.chance(0.8) ? dice.pick(EVENT_NAMES) : anyText(dice) }),
		...maybe(dice, 0.5, { severityText: dice.pick(["INFO", "WARN", ""]), severityNumber: dice.below(25) }),
		body: dice.chance(0.5) ? anyValueOf(dice) : anyValue({ role: "user", content: `${CANARY} asks` }),
		attributes: somePairs(dice, dice.below(4)),
	};
}
