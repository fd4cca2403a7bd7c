import type { Evidence, Found, MediaOption, MessageRule, Numbered, Turns } from "@/lib/genai/dialect";
import { DIALECTS } from "@/lib/genai/dialects";
import { eventMessage } from "@/lib/genai/messages/event-message";
import { indexedMessages } from "@/lib/genai/messages/indexed-messages";
import { parseLoose } from "@/lib/genai/messages/json-value";
import { withSystem } from "@/lib/genai/messages/merge-system";
import { normaliseMessages, textMessage } from "@/lib/genai/messages/normalise-messages";
import { anyValuePlain, attributesPlain } from "@/lib/span/any-value";
import type { Message } from "@/lib/span/message";
import type { SpanKind } from "@/lib/span/span";

type Side = "input" | "output";

/** Kinds that converse; what a tool or a retriever takes and gives has fields of its own. */
const CONVERSING = new Set<SpanKind>(["llm", "agent", "chain", "prompt", "span"]);
/** Kinds for which plain text is a turn of a conversation, whatever key holds it. */
const SPEAKING = new Set<SpanKind>(["llm", "agent"]);
/** Keys that hold a conversation by definition: plain text there is a turn of it. */
const CONVERSATION_KEYS = new Set([
	"gen_ai.input.messages",
	"gen_ai.output.messages",
	"dokimos.input",
	"dokimos.output",
]);

const ROLE = { input: "user", output: "assistant" } as const;
const ROWS = { input: "inputMessages", output: "outputMessages" } as const;

const SIDES = ["input", "output"] as const;

/** Conversations that every convention may put into events, log records or the raw fields. */
const COMMON_RULES: readonly MessageRule[] = SIDES.flatMap((side) => [
	{ place: 60, side, read: fromEvents },
	{ place: 110, side, read: fromRaw },
	{ place: 120, side, read: fromLogs },
	{ place: 130, side, read: fromContentEvent },
]);

const RULES = [...DIALECTS.flatMap((dialect) => dialect.messages ?? []), ...COMMON_RULES].sort(
	(a, b) => a.place - b.place,
);
const RULES_OF = {
	input: RULES.filter(({ side }) => side === "input"),
	output: RULES.filter(({ side }) => side === "output"),
};

/** The conversation on one side of a span, and who holds it; null when there is none. */
export function deriveMessages(
	evidence: Evidence,
	kind: SpanKind,
	side: Side,
	options: MediaOption = {},
): Found<Message[]> | null {
	if (!CONVERSING.has(kind)) return null;
	const found = findMessages(evidence, { side, speaks: SPEAKING.has(kind), options });
	if (side === "output") return found;
	const system = evidence.first("systemInstructions");
	if (!system) return found;
	const messages = withSystem(system.value, found?.value ?? []);
	return messages.length > 0 ? { value: messages, from: found?.from ?? system.from } : null;
}

function findMessages(evidence: Evidence, turns: Turns): Found<Message[]> | null {
	let from = 0;
	for (const rule of RULES_OF[turns.side]) {
		const found = fromRows(evidence, turns, from, rule.place) ?? fromRule(evidence, turns, rule);
		if (found) return found;
		from = rule.place;
	}
	return fromRows(evidence, turns, from, Number.POSITIVE_INFINITY);
}

function fromRows(evidence: Evidence, turns: Turns, after: number, to: number): Found<Message[]> | null {
	return evidence.firstOf(
		ROWS[turns.side],
		(value, key) => translate(value, key, turns),
		(place) => place > after && place <= to,
	);
}

function fromRule(evidence: Evidence, turns: Turns, rule: MessageRule): Found<Message[]> | null {
	const found = rule.read(evidence, turns);
	return found && found.messages.length > 0 ? { value: found.messages, from: found.from } : null;
}

function translate(value: unknown, key: string, { side, speaks, options }: Turns): Message[] | null {
	if (value instanceof Map) return fromNumbered(value, key, side, options);
	if (typeof value !== "string") return conversation(value, side, options);
	// Text that came out of JSON may be JSON once more.
	const inner = parseLoose(value);
	const known = inner.parsed && typeof inner.value === "object" ? conversation(inner.value, side, options) : null;
	if (known) return known;
	return speaks || CONVERSATION_KEYS.has(key) ? [textMessage(value, ROLE[side])] : null;
}

function conversation(value: unknown, side: Side, options: MediaOption): Message[] | null {
	const messages = normaliseMessages(value, side, options);
	return messages && messages.length > 0 ? messages : null;
}

/** Messages that a rule found, and who holds them. */
type Held = { messages: Message[]; from: string } | null;

/** The raw input or output, when it is the conversation of a model or an agent. */
function fromRaw(evidence: Evidence, turns: Turns): Held {
	const raw = turns.speaks ? evidence.firstRaw(turns.side) : null;
	const messages = raw && translate(parseLoose(raw.value).value, raw.from, turns);
	return messages && { messages, from: raw.from };
}

function fromNumbered(entries: Numbered, head: string, side: Side, options: MediaOption): Message[] | null {
	if (head === "llm.prompts" || head === "llm.choices") {
		const member = head === "llm.prompts" ? "prompt.text" : "completion.text";
		const texts = [...entries].sort(([a], [b]) => a - b).map(([, entry]) => entry.get(member));
		const messages = texts.flatMap((text) => (typeof text === "string" ? [textMessage(text, ROLE[side])] : []));
		return messages.length > 0 ? messages : null;
	}
	const style = head.startsWith("llm.") ? "openinference" : "traceloop";
	const messages = indexedMessages(entries, style, ROLE[side], options);
	return messages.length > 0 ? messages : null;
}

function fromEvents(evidence: Evidence, { side, options }: Turns): Held {
	const messages: Message[] = [];
	let from = "";
	for (const event of evidence.span.events) {
		if (!event.name.startsWith("gen_ai.")) continue;
		const read = eventMessage(event.name, attributesPlain(event.attributes), options);
		if (read?.side !== side) continue;
		messages.push(read.message);
		from = `event:${event.name}`;
	}
	return messages.length > 0 ? { messages, from } : null;
}

function fromLogs(evidence: Evidence, { side, options }: Turns): Held {
	const messages: Message[] = [];
	let from = "";
	for (const log of evidence.logs) {
		const body = parsedBody(anyValuePlain(log.body));
		const fields =
			typeof body === "object" && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {};
		const read = eventMessage(log.eventName, { ...attributesPlain(log.attributes), ...fields }, options);
		if (read?.side === side) {
			messages.push(read.message);
			from = `log:${log.eventName}`;
		} else if (!read && Object.hasOwn(fields, side)) {
			// AgentCore keeps both sides of a call in one body.
			messages.push(...(conversation(fields[side], side, options) ?? []));
			from = `log:${log.eventName || "body"}`;
		}
	}
	return messages.length > 0 ? { messages, from } : null;
}

function parsedBody(body: unknown): unknown {
	return typeof body === "string" ? parseLoose(body).value : body;
}

const CONTENT_EVENTS = {
	input: { name: "gen_ai.content.prompt", key: "gen_ai.prompt" },
	output: { name: "gen_ai.content.completion", key: "gen_ai.completion" },
} as const;
const TURN = /^(system|user|assistant|tool|human|ai|developer): ?/;

// OpenLIT writes the conversation as lines of "role: text"; a line without a role continues the turn.
function fromContentEvent(evidence: Evidence, { side, options }: Turns): Held {
	const { name, key } = CONTENT_EVENTS[side];
	const event = evidence.span.events.find((candidate) => candidate.name === name);
	const value = event?.attributes.get(key);
	const plain = value && anyValuePlain(value);
	if (typeof plain !== "string" || plain.trim() === "") return null;
	const { value: json, parsed } = parseLoose(plain);
	const known = parsed ? conversation(json, side, options) : null;
	if (known) return { messages: known, from: `event:${name}` };
	const turns: { role: string; lines: string[] }[] = [];
	for (const line of plain.split("\n")) {
		const role = TURN.exec(line);
		if (role?.[1] !== undefined) turns.push({ role: role[1], lines: [line.slice(role[0].length)] });
		else if (turns.length > 0) turns.at(-1)?.lines.push(line);
		else turns.push({ role: ROLE[side], lines: [line] });
	}
	const messages = conversation(
		turns.map(({ role, lines }) => ({ role, content: lines.join("\n") })),
		side,
		options,
	);
	return messages && { messages, from: `event:${name}` };
}
